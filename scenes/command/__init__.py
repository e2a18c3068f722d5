"""What the commands do between the words typed and the one call they end in."""
