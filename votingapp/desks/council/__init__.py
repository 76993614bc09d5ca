"""The whole council: its composition, the item for the byråd, what the byråd ruled, and who is told."""
