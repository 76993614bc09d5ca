"""One folder for each desk at which people meet the election."""
