"""One ball in the dark, then many: where a start leads, and why restarts help."""
