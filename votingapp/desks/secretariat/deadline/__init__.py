"""More time for everybody: an extension of the deadline, decided by a named body and entered by the secretariat."""
