"""Zero slope is not a minimum: a ball stalls on a saddle; a hair to the side, it slips off, sooner with momentum."""
