"""`python -m cesym`, the same as the command `cesym`."""

from cesym.cli import main

if __name__ == "__main__":
    main()
