"""One module per command of the command line; each offers `arguments` and `run`, see api/cli.py."""
