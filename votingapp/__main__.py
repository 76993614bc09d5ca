"""`python -m votingapp`: the same as the installed command."""

from votingapp.cli import main

main()
