"""What a course of all lessons ends with: the one rule behind them all."""
