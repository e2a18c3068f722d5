"""One ball on one curve: what a step is, and why the steps shrink by themselves."""
