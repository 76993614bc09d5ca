"""What the town hall keeps: the engine, the unit of work, tables by noun and the audit chain."""
