"""E-mail addresses: are they well-formed, and are two of them the same. Pure."""

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

LONGEST = 254

# A house's own network often ends in .local, and its mail server delivers there.
SPECIAL_USE_DOMAIN_NAMES[:] = [name for name in SPECIAL_USE_DOMAIN_NAMES if name != "local"]


class BadAddress(ValueError):
    """Not an e-mail address that letters can be sent to."""


def key(typed: str) -> str:
    """The form under which an address is unique: `Ada@Example.ORG ` and `ada@example.org` are one person.

    The part before the @ must be plain ASCII: look-alike letters would let one address pass for another.
    """
    if len(typed) > LONGEST:
        raise BadAddress("too long")
    try:
        valid = validate_email(typed.strip(), check_deliverability=False, allow_smtputf8=False)
    except (EmailNotValidError, UnicodeError) as fault:
        raise BadAddress(str(fault)) from fault
    address = (valid.ascii_email or valid.normalized).lower()
    if len(address) > LONGEST:
        raise BadAddress("too long")
    return address


def loose_key(typed: str) -> str:
    """A key for anything typed into the sign-in form, well-formed or not."""
    try:
        return key(typed)
    except BadAddress:
        return "".join(sign for sign in typed.strip().lower() if sign.isprintable())[:LONGEST]
