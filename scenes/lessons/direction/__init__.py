"""Why gradient descent has a minus: the slope points uphill, on either side of a valley, and the minus flips it."""
