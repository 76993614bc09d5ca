"""The paper ballots (papirstemmesedler) as counted by hand: each counter's own figures, whatever the other one found."""

from votingapp.store.tables.counted_twice import count_table, result_table

paper_count = count_table("paper_count")
"""`figures` is JSON: votes by ballot number, blank, invalid by reason; the same round is entered by two officials."""

paper_result = result_table("paper_result")
"""The figures on which two counters agreed; the paper column of the result."""
