"""A ball in fog feels only the slope underfoot, and that leads it down: to the valley, or to a mountain lake."""
