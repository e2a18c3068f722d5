"""What lessons draw with: parts, marks, the Scene that plays them, and the landscape."""
