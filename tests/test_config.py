import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data_folder import read_or_create_key
from app.errors import InvalidSettings
from config import DEFAULTS, ROOT, SHORTEST_KEY, Settings


def read(folder: Path, **variables: str) -> Settings:
    return Settings.from_environ({"IMRS_DATA": str(folder), **variables})


def faults(folder: Path, **variables: str) -> list[str]:
    with pytest.raises(InvalidSettings) as caught:
        read(folder, **variables)
    return str(caught.value).splitlines()


def test_defaults_need_nothing_but_a_folder(tmp_path: Path) -> None:
    settings = read(tmp_path / "instance")

    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.database == f"sqlite:///{tmp_path / 'instance' / 'imrs.sqlite3'}"
    assert (settings.course, settings.registration, settings.url) == (ROOT, "open", None)
    assert (settings.workers, settings.threads, settings.proxies) == (2, 4, 0)


def test_set_to_nothing_counts_as_not_set(tmp_path: Path) -> None:
    assert read(tmp_path, IMRS_PORT="", IMRS_URL=" ") == read(tmp_path)


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        IMRS_PORT="eighty",
        IMRS_URL="course.example.org",
        IMRS_REGISTRATION="closed",
        IMRS_DATABASE="mysql://localhost/imrs",
        IMRS_WORKERS="0",
        IMRS_LIMITER="memcached://localhost",
        IMRS_COURSE=str(tmp_path),
        IMRS_SECRET_KEY="short",
        IMRS_REGISTERATION="open",
    )

    named = sorted(line.split()[0] for line in found)
    assert named == [
        "IMRS_COURSE",
        "IMRS_DATABASE",
        "IMRS_LIMITER",
        "IMRS_PORT",
        "IMRS_REGISTERATION",
        "IMRS_REGISTRATION",
        "IMRS_SECRET_KEY",
        "IMRS_URL",
        "IMRS_WORKERS",
    ]
    assert "IMRS_REGISTERATION is not a setting: did you mean IMRS_REGISTRATION?" in found


@pytest.mark.parametrize(
    ("given_url", "kept"),
    [
        ("https://Course.Example.org/", "https://course.example.org"),
        ("http://10.0.0.7:8080", "http://10.0.0.7:8080"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
    ],
)
def test_url_is_kept_without_its_slash(tmp_path: Path, given_url: str, kept: str) -> None:
    assert read(tmp_path, IMRS_URL=given_url).base_url == kept


@pytest.mark.parametrize(
    "given_url",
    [
        "course.example.org",
        "ftp://course.example.org",
        "https://",
        "https://course.example.org/imrs",
        "https://course.example.org?x=1",
        "https://course.example.org/?",
        "https://course.example.org#top",
        "https://ada@course.example.org",
        "https://course.example.org:port",
        "https://course.example.org:99999",
        "https://course example.org",
    ],
)
def test_url_with_anything_else_is_refused(tmp_path: Path, given_url: str) -> None:
    (fault,) = faults(tmp_path, IMRS_URL=given_url)
    assert fault.startswith("IMRS_URL is “")


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1))
def test_no_value_of_a_setting_crashes(text: str) -> None:
    environ = dict.fromkeys((name for name in DEFAULTS if name not in {"IMRS_DATA", "IMRS_COURSE"}), text)
    try:
        Settings.from_environ({**environ, "IMRS_DATA": os.environ.get("TMPDIR", "/tmp") + "/imrs-test-settings"})
    except InvalidSettings as fault:
        assert all(line.startswith("IMRS_") for line in str(fault).split("\n"))


@pytest.mark.parametrize(
    ("host", "base_url"),
    [
        ("0.0.0.0", "http://localhost:8000"),
        ("::", "http://localhost:8000"),
        ("::1", "http://[::1]:8000"),
        ("intranet", "http://intranet:8000"),
    ],
)
def test_base_url_can_be_opened(tmp_path: Path, host: str, base_url: str) -> None:
    assert read(tmp_path, IMRS_HOST=host).base_url == base_url


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_gets_its_driver(tmp_path: Path, scheme: str) -> None:
    settings = read(tmp_path, IMRS_DATABASE=f"{scheme}://imrs:p%40ss@db.example.org/imrs")

    assert settings.database == "postgresql+psycopg://imrs:p%40ss@db.example.org/imrs"


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///relative.sqlite3", "nonsense", "postgresql+asyncpg://h/d"])
def test_other_databases_are_refused(tmp_path: Path, address: str) -> None:
    (fault,) = faults(tmp_path, IMRS_DATABASE=address)
    assert fault.startswith("IMRS_DATABASE ")


def test_secrets_are_not_in_the_representation(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        IMRS_SECRET_KEY="k" * SHORTEST_KEY,
        IMRS_DATABASE="postgresql://imrs:hunter2@db/imrs",
        IMRS_LIMITER="redis://:hunter2@redis",
        IMRS_MAIL_SERVER="mail.example.org",
        IMRS_MAIL_FROM="course@example.org",
        IMRS_MAIL_USER="course",
        IMRS_MAIL_PASSWORD="hunter2",
    )

    assert "hunter2" not in repr(settings)
    assert "kkk" not in repr(settings)


def test_mail_port_follows_the_security(tmp_path: Path) -> None:
    mail = {"IMRS_MAIL_SERVER": "mail.example.org", "IMRS_MAIL_FROM": "Course <course@example.org>"}

    ports = [read(tmp_path, **mail, IMRS_MAIL_SECURITY=kind).mail_port for kind in ("none", "starttls", "tls")]

    assert ports == [25, 587, 465]


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"IMRS_MAIL_USER": "course", "IMRS_MAIL_PASSWORD": "x"}, ["IMRS_MAIL_USER", "IMRS_MAIL_PASSWORD"]),
        ({"IMRS_MAIL_SERVER": "mail.example.org"}, ["IMRS_MAIL_FROM"]),
        ({"IMRS_MAIL_SERVER": "smtp://mail", "IMRS_MAIL_FROM": "a@b"}, ["IMRS_MAIL_SERVER"]),
        ({"IMRS_MAIL_SERVER": "mail", "IMRS_MAIL_FROM": "nobody"}, ["IMRS_MAIL_FROM"]),
        ({"IMRS_MAIL_SERVER": "mail", "IMRS_MAIL_FROM": "a@b", "IMRS_MAIL_USER": "c"}, ["IMRS_MAIL_USER"]),
        (
            {
                "IMRS_MAIL_SERVER": "mail",
                "IMRS_MAIL_FROM": "a@b",
                "IMRS_MAIL_USER": "c",
                "IMRS_MAIL_PASSWORD": "d",
                "IMRS_MAIL_SECURITY": "none",
            },
            ["IMRS_MAIL_SECURITY"],
        ),
        ({"IMRS_MAIL_FROM": "a@b\nBcc: c@d"}, ["IMRS_MAIL_FROM"]),
    ],
)
def test_mail_settings_that_do_not_fit_are_named(tmp_path: Path, variables: dict[str, str], named: list[str]) -> None:
    assert [line.split()[0] for line in faults(tmp_path, **variables)] == named


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    (fault,) = faults(tmp_path / "file")

    assert fault.startswith("IMRS_DATA is ")
    assert "cannot be written to" in fault


def test_secret_key_is_made_once_for_its_owner(tmp_path: Path) -> None:
    first, second = read(tmp_path / "instance"), read(tmp_path / "instance")

    file = tmp_path / "instance" / "secret_key"
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= SHORTEST_KEY
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]


def test_secret_keys_differ_between_instances(tmp_path: Path) -> None:
    assert read(tmp_path / "a").secret_key != read(tmp_path / "b").secret_key


def test_secret_key_open_to_others_is_closed_and_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    key = read(tmp_path).secret_key
    (tmp_path / "secret_key").chmod(0o644)

    assert read(tmp_path).secret_key == key

    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert "was readable by others" in caplog.text


def test_secret_key_that_is_empty_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch(mode=0o600)

    (fault,) = faults(tmp_path)

    assert "too short" in fault


def test_secret_key_from_the_environment_leaves_no_file(tmp_path: Path) -> None:
    assert read(tmp_path, IMRS_SECRET_KEY="k" * SHORTEST_KEY).secret_key == "k" * SHORTEST_KEY
    assert list(tmp_path.iterdir()) == []


def test_processes_that_start_at_once_agree_on_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "exists", lambda path: False)

    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: read_or_create_key(tmp_path / "secret_key", SHORTEST_KEY), range(64)))

    assert len(keys) == 1


def test_every_setting_is_documented_with_its_default() -> None:
    page = (ROOT / "docs" / "host.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(IMRS_\w+)` \| (.*?) \| .+ \|$", page, re.MULTILINE)

    assert [name for name, _ in rows] == list(DEFAULTS)
    for name, default in rows:
        if DEFAULTS[name]:
            assert default == f"`{DEFAULTS[name]}`", name
