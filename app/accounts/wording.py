"""The words for what is wrong with a name or a password: what, and how to mend it."""

from flask_babel import gettext as _

from app.accounts import names, passwords


def name_fault(code: str) -> str:
    match code:
        case "missing":
            return _("Give your name as it should stand on your certificate.")
        case "long":
            return _("This name has more than %(limit)s characters. Shorten it.", limit=names.LONGEST)
        case _other:
            return _("This name contains characters that cannot be printed. Type it by hand.")


def password_fault(code: str) -> str:
    match code:
        case "short":
            return _(
                "This password is too short. Use at least %(least)s characters; three or four words in a row do well.",
                least=passwords.SHORTEST,
            )
        case "long":
            return _("This password is too long. Use at most %(most)s characters.", most=passwords.LONGEST)
        case "common":
            return _(
                "This password is among the first that anybody would guess. Choose words that do not belong together."
            )
        case "own":
            return _(
                "This password is little more than your own name or e-mail address. Choose something others cannot know."
            )
        case "simple":
            return _("This password is one short pattern. Choose three or four words that do not belong together.")
        case _other:
            return _("This password contains a character that cannot be typed. Type it by hand.")


def address_fault() -> str:
    return _("This is not an e-mail address that letters can be sent to. It looks like name@example.org.")
