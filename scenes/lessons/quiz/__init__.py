"""Check yourself: eight questions with three answers each, and the run that decides."""
