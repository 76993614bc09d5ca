"""The papers that the booths printed (kontrolsedler) are asked, all of them or a sample, whether the seats are theirs too.

They are no ballots: whatever an audit finds, no seat changes by it. It says how surely urn and papers agree, and never
whether either is what the voters wanted.
"""
