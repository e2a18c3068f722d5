"""One start, several learning rates: one creeps, one walks, one leaps across, one climbs out."""
