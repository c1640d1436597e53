import pytest

from app.accounts.devices import Device, device

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (CHROME, Device("Chrome", "Windows")),
        (CHROME + " Edg/140.0.0.0", Device("Edge", "Windows")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", Device("Firefox", "Linux")),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            Device("Safari", "iPhone"),
        ),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140.0.0.0 Mobile Safari/537.36",
            Device("Chrome", "Android"),
        ),
        ("curl/8.5.0", Device(None, None)),
        ("", Device(None, None)),
    ],
)
def test_device_in_words(agent: str, expected: Device) -> None:
    assert device(agent) == expected
