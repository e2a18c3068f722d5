"""How gradient descent fits a line to data: errors, squares, the cost map, its narrow valley, and a round one."""
