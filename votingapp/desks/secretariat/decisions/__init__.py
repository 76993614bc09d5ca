"""Deciding on nominations: the facts beside the rules, a decision with its reason, and the order of the ballot."""
