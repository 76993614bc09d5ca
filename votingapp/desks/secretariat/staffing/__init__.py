"""Staffing an election: officials are added to the house and appointed to what they do at this election."""
