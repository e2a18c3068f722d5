"""The engines that speak, the choice between them, and their recordings."""
