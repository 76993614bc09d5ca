"""The desk of the proposers: a candidate asks them by mail, and each answers for herself through a link of her own."""
