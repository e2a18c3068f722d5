"""The lessons, a room each: run, story and what it puts on the stage."""
