"""What sentences may say, and how each is checked against its run; one module a kind of lesson."""
