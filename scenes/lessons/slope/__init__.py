"""What a derivative is: the line through two points of a curve, as the second comes ever closer to the first."""
