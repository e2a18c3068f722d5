"""The lessons, one folder each: run, story, and what is on the stage."""
