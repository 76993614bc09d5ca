"""The roll on paper: poll cards that go out before the poll, and the printed roll with which the desks go on."""
