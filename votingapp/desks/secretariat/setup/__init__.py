"""One guided page from the rule set to a polling station that is ready, each step with a check that it is done."""
