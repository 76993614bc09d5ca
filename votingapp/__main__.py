"""`python -m votingapp`: the same as the installed command."""

from votingapp.cli import main

if __name__ == "__main__":  # a spawned helper process imports this module and must not run the command again
    main()
