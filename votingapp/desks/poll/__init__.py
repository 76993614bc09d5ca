"""The poll desk: slips are printed, everything is frozen, the poll is opened and closed, and the urn shaken."""
