"""From one slope to a vector: the slopes of two cuts make the gradient, which knows the slope in every direction."""
