"""Gradient descent in a neural network: forward, loss, backpropagation, a step; and a boundary that bends."""
