"""Who votes: the roll, admission, slips, the encrypted ballot, the urn and its archive."""
