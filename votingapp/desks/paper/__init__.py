"""Voting on paper (papirstemmesedler): printed for who asks and for when the power fails, and counted by hand, twice."""
