import pytest

from app.content import Fault
from app.content.figures import figure_svg
from app.content.files import Source


def draw(inside: str, root: str = 'viewBox="0 0 10 10"') -> tuple[str, list[str]]:
    faults: list[Fault] = []
    text = f'<svg xmlns="http://www.w3.org/2000/svg" {root}><title>A drawing</title>{inside}</svg>'
    return figure_svg("one", Source("course/figures/one.svg", text), faults), [fault.message for fault in faults]


def test_ids_and_pointers_carry_the_figures_name() -> None:
    svg, faults = draw('<g id="a"/><use href="#a"/><path d="M0 0" fill="url(#a)" clip-path="url(\'#a\')"/>')

    assert faults == []
    assert svg == (
        '<svg viewBox="0 0 10 10" role="img" aria-labelledby="figure-one-title">'
        '<title id="figure-one-title">A drawing</title>'
        '<g id="figure-one-a"></g><use href="#figure-one-a"></use>'
        '<path d="M0 0" fill="url(#figure-one-a)" clip-path="url(#figure-one-a)"></path></svg>'
    )


def test_size_and_own_labels_of_the_root_are_left_to_the_page() -> None:
    svg, faults = draw("", 'viewBox="0 0 10 10" width="900" height="400" role="presentation" aria-label="x" id="top"')

    assert faults == []
    assert svg.startswith('<svg viewBox="0 0 10 10" role="img" aria-labelledby="figure-one-title">')


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<g onclick="x()"/>',
        '<a href="javascript:x"><text>y</text></a>',
        '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">x</div></foreignObject>',
        '<image href="https://example.org/x.png"/>',
        '<use href="https://example.org/x.svg#a"/>',
        '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#a"/>',
        '<rect fill="url(https://example.org/x)"/>',
        '<rect fill="url( &quot;https://example.org/x&quot; )"/>',
        '<rect fill="u\\72l(x)"/>',
        "<style>* { fill: red }</style>",
        '<rect style="fill: red"/>',
        '<animate attributeName="href" to="javascript:x"/>',
        '<svg viewBox="0 0 1 1"/>',
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml">x</h:script>',
        '<rect data-x="1"/>',
    ],
)
def test_what_is_not_on_the_list_is_a_fault_and_left_out(inside: str) -> None:
    svg, faults = draw(inside)

    assert faults
    assert not any(word in svg for word in ("script", "onclick", "example.org", "style", "foreign", "xlink", "data-x"))


def test_text_is_escaped() -> None:
    svg, faults = draw("<text>a &lt; b &amp; c</text><desc><![CDATA[<b>]]></desc>")

    assert faults == []
    assert "<text>a &lt; b &amp; c</text><desc>&lt;b&gt;</desc>" in svg
