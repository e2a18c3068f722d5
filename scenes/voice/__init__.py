"""The engines that speak, which of them does, and what they said before."""
