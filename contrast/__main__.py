"""``python -m contrast`` is the command ``contrast``."""

from contrast.cli import main

main()
