"""The words for what is wrong with a name, a password or an address: what, and how to mend it."""

from flask_babel import gettext as _

from app.accounts import names, passwords


def name_fault(code: str) -> str:
    words: dict[str, str] = {
        "missing": _("Give your name as it should stand on your certificate."),
        "long": _("This name has more than %(limit)s characters. Shorten it.", limit=names.LONGEST),
        "signs": _("This name contains characters that cannot be printed. Type it by hand."),
    }
    return words[code]


def password_fault(code: str) -> str:
    words: dict[str, str] = {
        "short": _(
            "This password is too short. Use at least %(least)s characters; three or four words in a row do well.",
            least=passwords.SHORTEST,
        ),
        "long": _("This password is too long. Use at most %(most)s characters.", most=passwords.LONGEST),
        "unusable": _("This password contains a character that cannot be typed. Type it by hand."),
        "simple": _("This password is one short pattern. Choose three or four words that do not belong together."),
        "common": _("This password is among the first that anybody guesses. Choose words that do not belong together."),
        "own": _("This password is little more than your own name or address. Choose what others cannot know."),
    }
    return words[code]


def address_fault() -> str:
    words: str = _("This is not an e-mail address that letters can be sent to. It looks like name@example.org.")
    return words
