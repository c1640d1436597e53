"""Checks that every catalogue of translations compiles. Usage: python -m tools.translations."""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

FOLDER = Path(__file__).resolve().parent.parent / "app" / "translations"


def faults(path: Path) -> list[str]:
    """What is wrong in one catalogue: it cannot be read, or a translation's placeholders differ from the original's."""
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        found = [
            f"{path}:{message.lineno}: {error}"
            for message, errors in catalogue.check()
            for error in errors
            if message.string and not message.fuzzy
        ]
        write_mo(BytesIO(), catalogue)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        return [f"{path}: {error}"]
    return found


def main() -> int:
    catalogues = sorted(FOLDER.glob("*/LC_MESSAGES/*.po"))
    found = [fault for path in catalogues for fault in faults(path)]
    print("\n".join(found) or f"Translations: {len(catalogues)} catalogues compile.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
