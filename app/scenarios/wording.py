"""What a session's codes are called on its pages."""

from flask_babel import gettext

from app.questions.scenario import Scenario
from app.questions.scenario_state import PRESENT, Alliance, Band, NeedNote, State, alliance, band
from app.scenarios.gauges import ArousalWord, PresenceWord, arousal_word, presence_word


def band_words() -> dict[Band, str]:
    """The three readings, in the order in which they are offered."""
    return {"flooded": gettext("Flooded"), "within": gettext("Within reach"), "away": gettext("Far away")}


def arousal_words(word: ArousalWord) -> str:
    words: dict[ArousalWord, str] = {
        "low": gettext("low"),
        "workable": gettext("workable"),
        "high": gettext("high, workable"),
        "too-much": gettext("too much"),
    }
    return words[word]


def presence_words(word: PresenceWord) -> str:
    words: dict[PresenceWord, str] = {
        "away": gettext("far away"),
        "slipping": gettext("slipping"),
        "returning": gettext("returning"),
        "partly": gettext("half here"),
        "here": gettext("here"),
    }
    return words[word]


def alliance_words(code: Alliance) -> str:
    words: dict[Alliance, str] = {
        "strained": gettext("strained"),
        "steady": gettext("steady"),
        "strong": gettext("strong"),
    }
    return words[code]


def need_words(note: NeedNote | None, client: str) -> str | None:
    """Whether a move that offered to meet a need did, and if not why not."""
    words: dict[NeedNote, str] = {
        "fits": gettext("It gave the image something that it lacked."),
        "not-this-need": gettext("It offered something else than this image lacks."),
        "not-present": gettext("It could not arrive: %(client)s was not present enough.", client=client),
        "not-believed": gettext("It could not arrive: %(client)s did not believe it yet.", client=client),
    }
    return words[note] if note else None


def remark(scenario: Scenario, state: State, client: str) -> str:
    """What the gauges amount to, in a sentence or two."""
    found = band(scenario, state)
    if found == "flooded":
        return gettext(
            "%(client)s feels more than can be worked with. Overload costs presence, a turn later.", client=client
        )
    if found == "away" and state.arousal < scenario.window[0]:
        return gettext("Little feeling and little presence: that is shutdown, not calm. Presence comes first.")
    if found == "away":
        return gettext("%(client)s is hardly in the room. Presence comes first.", client=client)
    if state.presence < PRESENT:
        return gettext("%(client)s can be reached, but is only half here. Presence comes first.", client=client)
    if state.arousal < scenario.window[0]:
        return gettext("%(client)s is here, with little feeling just now.", client=client)
    return gettext("%(client)s is here, with a feeling that can be worked with.", client=client)


def standing(scenario: Scenario, state: State, before: State | None) -> str:
    """Both gauges and the alliance in one line."""
    return gettext(
        "Arousal %(arousal)s of 10, %(arousal_word)s; presence %(presence)s of 10, %(presence_word)s; "
        "alliance %(alliance)s.",
        arousal=state.arousal,
        arousal_word=arousal_words(arousal_word(scenario, state)),
        presence=state.presence,
        presence_word=presence_words(presence_word(state, before)),
        alliance=alliance_words(alliance(state)),
    )


def checkpoint_words(id: str) -> str:
    """A checkpoint's id, readable."""
    return id.replace("-", " ")
