"""``python -m gri_index``: the same as the command ``gri-index``."""

from gri_index.cli import main

if __name__ == "__main__":
    main()
