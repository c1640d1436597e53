import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions.text import render, render_line

TAG = re.compile(r"<[^>]*>")
BLOCKS = {"<p>", "<ul>", "<ol>", "<li>", "<blockquote>", "<em>", "<strong>", "<br>"}
MARKS = [
    "*",
    "**",
    "_",
    "__",
    "<",
    ">",
    "&",
    "[",
    "]",
    "(",
    ")",
    "!",
    "`",
    "#",
    "-",
    "+",
    "1.",
    "\\",
    "a",
    "b",
    "<b>",
    "</p>",
    "<!--",
    "&lt;",
    "javascript:",
]
TEXTS = st.lists(st.sampled_from([*MARKS, " ", "\n", "\n\n", "    ", "\x02", "\x03"])).map("".join)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("*a* **b** _c_ d_e_f", "<p><em>a</em> <strong>b</strong> <em>c</em> d_e_f</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("<b>x</b> <script>y</script>", "<p>&lt;b&gt;x&lt;/b&gt; &lt;script&gt;y&lt;/script&gt;</p>"),
        ("[a](javascript:x) ![b](y) <https://z.example>", "<p>[a](javascript:x) ![b](y) &lt;https://z.example&gt;</p>"),
        ("# Not a heading", "<p># Not a heading</p>"),
        ("`a` [@b] [[c]]", "<p>`a` [@b] [[c]]</p>"),
    ],
)
def test_render_knows_paragraphs_lists_quotations_and_emphasis(markdown: str, html: str) -> None:
    assert render(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a *b*", "a <em>b</em>"),
        ("a\n\nb", "a<br>b"),
        ("- a", "- a"),
        ("<i>", "&lt;i&gt;"),
        ("", ""),
    ],
)
def test_render_line_has_no_blocks(markdown: str, html: str) -> None:
    assert render_line(markdown) == html


@given(st.one_of(st.text(), TEXTS))
def test_whatever_is_written_no_foreign_element_comes_out(markdown: str) -> None:
    assert {tag.replace("/", "") for tag in TAG.findall(render(markdown))} <= BLOCKS
    assert {tag.replace("/", "") for tag in TAG.findall(render_line(markdown))} <= {"<em>", "<strong>", "<br>"}
