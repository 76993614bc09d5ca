"""The booth (stemmeboks), seen from the server: it hands out the ballot paper, looks at slips and takes sealed ballots."""
