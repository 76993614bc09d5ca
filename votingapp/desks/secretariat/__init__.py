"""The secretariat: it founds the election, takes in the register extract, decides on nominations and keeps the overview."""
