"""A long list, a page at a time. Pure."""

from dataclasses import dataclass

SIZE = 50
MOST = 1_000_000
"""Nobody leafs further: a number from an address stays one that databases take."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of `total` rows is shown. A number outside is the nearest page there is."""

    number: int
    total: int
    size: int = SIZE

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The number of the first row shown, counted from 1; 0 if there is none."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.offset + self.size, self.total)


def page(asked: int | None, total: int, size: int = SIZE) -> Page:
    """The page that was asked for, or the nearest that there is."""
    least = Page(1, total, size)
    return Page(min(max(asked or 1, 1), least.pages, MOST), total, size)
