"""The parts that lessons put on their stages."""
