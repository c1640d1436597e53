"""E-mail addresses: are they well-formed, and are two of them the same. Pure."""

from email_validator import EmailNotValidError, validate_email

LONGEST = 254


class BadAddress(ValueError):
    """Not an e-mail address that letters can be sent to."""


def key(typed: str) -> str:
    """The form under which an address is unique: `Ada@Example.ORG ` and `ada@example.org` are one person.

    The part before the @ must be plain ASCII: look-alike letters would let one address pass for another. Domains that
    only a house's own network knows, such as `clinic.local`, are good.
    """
    if len(typed) > LONGEST:
        raise BadAddress("too long")
    try:
        valid = validate_email(
            typed.strip(), check_deliverability=False, allow_smtputf8=False, globally_deliverable=False
        )
    except (EmailNotValidError, UnicodeError) as fault:
        raise BadAddress(str(fault)) from fault
    if "." not in valid.domain:
        raise BadAddress("no full domain")
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
