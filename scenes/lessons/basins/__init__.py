"""Every start of the plane in the colour of its end: basins, their borders, and what momentum and rate do to them."""
