"""What lessons draw with."""
