"""What a page says, as somebody reads it."""

import re
from html import unescape

from werkzeug.test import TestResponse

_TAG = re.compile(r"<[^>]+>")


def words(html: str) -> str:
    """The text alone, with single blanks."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def needs(page: TestResponse) -> list[tuple[str, tuple[str, ...]]]:
    """(name, reasons) of everybody on the list of those who need somebody, in its order."""
    found = re.findall(r'<li class="need".*?class="need-why">(?=(.*?)</div>)', page.text, re.DOTALL)
    people = re.findall(r'<p class="need-name">(.*?)</p>', page.text, re.DOTALL)
    return [
        (words(name), tuple(words(one) for one in re.findall(r"<p>(.*?)</p>", why, re.DOTALL)))
        for name, why in zip(people, found, strict=True)
    ]


def resting(page: TestResponse) -> list[str]:
    """What stands on the folded list of those taken care of."""
    part = re.search(r'<details class="resting.*?</details>', page.text, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", part[0], re.DOTALL) if part else []
    return [words(re.sub(r"<form.*?</form>", "", line, flags=re.DOTALL)) for line in lines]


def rows(page: TestResponse) -> list[list[str]]:
    """The table of a cohort, cell by cell with what is only heard."""
    table = re.search(r'<table class="cohort">.*?<tbody>(.*?)</tbody>', page.text, re.DOTALL)
    lines = re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL) if table else []
    return [[words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)] for line in lines]


def names(page: TestResponse) -> list[str]:
    return [row[0] for row in rows(page)]
