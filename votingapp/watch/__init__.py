"""The machine that carries the evening is looked after: its disk, its clock, its backup and its battery."""
