"""One ball in the dark, then many: where a start leads, and what restarts are good for."""
