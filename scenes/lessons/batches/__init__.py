"""Steps from all rows of the data, from a few, or from one: what each step costs, and how far its gradient is off."""
