"""Every session that ships is led to each of its endings, on its pages: once along the main path and to the debrief,
then by going back from there."""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from app.questions.scenario import Scenario
from app.questions.scenario_numbers import STATES
from app.questions.scenario_search import Graph, search
from tests.browser.browsing import seen
from tests.browser.conftest import Arrive
from tests.browser.instance import ROOT, Instance, running
from tests.shipped import shipped

pytestmark = pytest.mark.browser

SESSIONS = sorted(path.stem for path in (ROOT / "quizzes" / "scenarios").glob("*.yaml"))


@pytest.fixture(scope="module")
def shipping(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with running(tmp_path_factory.mktemp("shipping") / "data", ROOT) as started:
        yield started


def ways(scenario: Scenario) -> dict[str, tuple[int, list[str]]]:
    """Ending -> after how many decisions of the main path to leave it, and the moves from there: as late as can be."""
    graph = search(scenario, 200_000)
    main = [step.partition(".")[2] for step in scenario.paths.main]
    passed = list(_passed(scenario, graph, main))
    found: dict[str, tuple[int, list[str]]] = {}
    for left in range(len(main), -1, -1):
        for ending, moves in _endings_from(scenario, graph, passed[left]).items():
            found.setdefault(ending, (left, moves))
    return found


def _passed(scenario: Scenario, graph: Graph, moves: Sequence[str]) -> Iterator[int]:
    here = graph.firsts[0]
    yield here
    for move in moves:
        node = scenario.nodes[here // STATES]
        index = [one.id for one in node.moves].index(move)
        here = next(after for made, after in graph.following[here] if made == index)
        yield here


def _endings_from(scenario: Scenario, graph: Graph, first: int) -> dict[str, list[str]]:
    came: dict[int, int] = {}
    found: dict[str, list[str]] = {}
    waiting = deque([first])
    while waiting:
        here = waiting.popleft()
        if here < 0:
            path = [here]
            while path[-1] != first:
                path.append(came[path[-1]])
            found[scenario.endings[-here - 1].id] = [_move(scenario, graph, *step) for step in pairwise(path[::-1])]
            continue
        for _, after in graph.following[here]:
            if after not in came:
                came[after] = here
                waiting.append(after)
    return found


def _move(scenario: Scenario, graph: Graph, before: int, after: int) -> str:
    index = next(move for move, to in graph.following[before] if to == after)
    return scenario.nodes[before // STATES].moves[index].id


@pytest.mark.parametrize("id", SESSIONS)
def test_a_shipped_session_is_led_to_each_of_its_endings(id: str, shipping: Instance, arrive: Arrive) -> None:
    scenario = shipped().scenario(id).begun()
    titles = {ending.id: ending.title for ending in scenario.endings}
    visitor = arrive(shipping)
    visitor.sign_in(shipping.join("Ada Lindqvist").person_id)
    page = visitor.page
    by_ending = ways(scenario)
    first = next(ending for ending, (left, _) in by_ending.items() if left == len(scenario.paths.main))

    page.goto(f"/scenarios/{id}")
    _press(page, "Begin the session")
    _make(page, [step.partition(".")[2] for step in scenario.paths.main])
    assert titles[first] in seen(page, ".the-end")
    _talk_over(page)
    assert seen(page, "h1") == titles[first]
    run = page.url
    for ending in sorted(set(titles) - {first}):
        left, moves = by_ending[ending]
        page.goto(run)
        with page.expect_navigation():
            page.locator(f"#decision-{left + 1}").get_by_role("button", name="Go back to here").click()
        _make(page, moves)
        assert seen(page, "h1").endswith(f": {titles[ending]}")

    page.goto(run)
    assert seen(page, "h1") == titles[first]
    assert all(title in seen(page) for title in titles.values())


def _make(page: Page, moves: Sequence[str]) -> None:
    for move in moves:
        page.locator("label.option", has=page.locator(f"input[value={move}]")).click()
        _press(page, "Make this move")


def _talk_over(page: Page) -> None:
    _press(page, "Next The debrief")
    page.get_by_label("My own reaction").fill("A lump in the throat.")
    page.get_by_label("What I intended").fill("To let them decide.")
    _press(page, "Keep this, and see the path")
    _press(page, "Close the debrief")


def _press(page: Page, name: str) -> None:
    button = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name))
    with page.expect_navigation():
        button.click()
