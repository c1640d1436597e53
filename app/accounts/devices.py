"""A browser's own description in two words: which browser, on what. Pure."""

from dataclasses import dataclass

LONGEST_AGENT = 200

# In this order: Edge and Opera also say Chrome, Chrome also says Safari, Android also says Linux, iPhone also Mac.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Device:
    """Names of products, or None where the browser did not say."""

    browser: str | None
    system: str | None


def device(agent: str) -> Device:
    return Device(_first(_BROWSERS, agent), _first(_SYSTEMS, agent))


def _first(signs: tuple[tuple[str, str], ...], agent: str) -> str | None:
    return next((name for sign, name in signs if sign in agent), None)
