"""Schedules of the learning rate: large steps to get there, small steps to settle, on the same noisy gradients."""
