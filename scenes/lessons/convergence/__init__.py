"""When to stop: a slope that is small enough, a loss that hardly changes, a limit of steps, and what fools them."""
