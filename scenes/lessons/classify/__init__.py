"""How gradient descent learns yes and no: a line of one half, the price of being sure and wrong, and accuracy."""
