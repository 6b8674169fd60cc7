"""`python -m keepsight.cli`."""

from keepsight.cli.app import main

main()
