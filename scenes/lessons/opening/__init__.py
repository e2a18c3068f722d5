"""What a course of all lessons begins with: what it means for a machine to learn, in one picture."""
