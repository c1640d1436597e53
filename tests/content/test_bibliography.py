from typing import Any

import pytest

from app.content import bibliography
from app.content.library import Reference
from app.content.schemas import ReferenceEntry


def reference(**values: Any) -> Reference:
    entry = {"id": "x", "type": "article-journal", "authors": ["Leaf, A."], "title": "T", "status": "verified"} | values
    return bibliography.build(ReferenceEntry.model_validate(entry))


@pytest.mark.parametrize(
    ("authors", "year", "label"),
    [
        (["Leaf, A."], 2019, "Leaf (2019)"),
        (["Leaf, A.", "Kettle, B. C."], 2019, "Leaf & Kettle (2019)"),
        (["Leaf, A.", "Kettle, B.", "Pot, C."], 2019, "Leaf et al. (2019)"),
        (["Leaf, A.", "et al."], 2019, "Leaf et al. (2019)"),
        (["Board of Tea (information service)"], None, "Board of Tea (n.d.)"),
        (["van den Leaf, A."], 2020, "van den Leaf (2020)"),
    ],
)
def test_label_names_at_most_two_authors(authors: list[str], year: int | None, label: str) -> None:
    assert reference(authors=authors, year=year).label == label


def test_link_is_the_doi_before_the_address() -> None:
    assert reference(doi="10.1000/x", url="https://example.org/").href == "https://doi.org/10.1000/x"
    assert reference(url="https://example.org/").href == "https://example.org/"
    assert reference().href is None


def test_printed_reference_leaves_out_what_is_unknown() -> None:
    whole = reference(year=2019, container="Journal & Co", volume="5", issue="2", pages="1-9", doi="10.1000/a<b"[:9])
    assert whole.html == (
        "Leaf, A. (2019). T. <i>Journal &amp; Co</i>, <i>5</i>(2), 1–9. "
        '<a href="https://doi.org/10.1000/a">https://doi.org/10.1000/a</a>'
    )
    assert reference(title="Why?", note="For us only").html == "Leaf, A. (n.d.). Why?"
