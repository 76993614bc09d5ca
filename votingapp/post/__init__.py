"""How mail leaves the house: from the outbox to the mail server, after the act that caused it is kept."""
