"""Complaints about the election, from the door to the decision."""
