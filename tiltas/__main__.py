"""`python -m tiltas`: the command line."""

from .command import main

main()
