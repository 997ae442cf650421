#!/usr/bin/env python
"""Django's command line, with the settings of the ready-made site unless others are named."""

from tiltas.command import main

if __name__ == "__main__":
    main()
