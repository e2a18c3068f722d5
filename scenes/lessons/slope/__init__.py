"""What a derivative is: the line through two points of a curve, as the second moves closer and closer to the first."""
