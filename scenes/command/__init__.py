"""What the commands do between their options and the one call they end in."""
