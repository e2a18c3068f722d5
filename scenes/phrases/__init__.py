"""Sentences that lessons share, each in one place: what a run did, how it ended, what a method is."""
