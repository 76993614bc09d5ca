"""A rehearsal (prøvevalg): a whole election with invented people, held through the same doors as a real one."""
