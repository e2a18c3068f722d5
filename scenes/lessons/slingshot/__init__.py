"""Learning is correcting by the error: a ball, a basket, and two numbers that each miss corrects."""
