"""How a learning rate is chosen: the loss that is left after some steps, over the rate, one run a point."""
