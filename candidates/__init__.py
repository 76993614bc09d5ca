"""Who stands: the rules of the election, nominations, eligibility and the order of the ballot."""
