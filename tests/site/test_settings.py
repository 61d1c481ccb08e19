"""`extra.codex` in mkdocs.yml: what it may say, and how it answers what it may not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from codex_publisher.model.policy import Policy
from codex_publisher.site.settings import LIMITS, CodexConfig, Settings, read_settings
from support.built import contents
from support.sites import PROJECT, build_site, write_codex

MKDOCS_YML = str(PROJECT / "mkdocs.yml")
KEYS = [name for name, _ in CodexConfig(config_file_path=MKDOCS_YML)._schema]

UNKNOWN = [
    ("note_per_page", "notes_per_page"),
    ("rot", "root"),
    ("Branch", "branch"),
    ("check", "checks"),
    ("repo", "repository"),
]
WRONG_TYPES = [
    ("root", 1.5),
    ("root", ["inbox"]),
    ("notes", "inbox"),
    ("notes", [1]),
    ("notes", {"inbox": True}),
    ("name", ["A", "codex"]),
    ("description", 3),
    ("repository", {"url": "https://example.org"}),
    ("branch", 1.5),
    ("notes_per_page", "many"),
    ("notes_per_page", 20.5),
    ("notes_per_page", True),
    ("backlinks_per_group", [20]),
    ("checks", ["L101"]),
    ("checks", "off"),
]
OUT_OF_RANGE = [
    (key, value) for key, (least, most) in LIMITS.items() for value in (least - 1, most + 1, -5, 0)
]
NO_WEB_ADDRESSES = [
    "github.com/ann/notes",
    "git@github.com:ann/notes.git",
    "ssh://git@github.com/ann/notes",
    "javascript:alert(1)",
    "file:///srv/notes",
    "https://",
    "https:///ann/notes",
    "https://[ann",
    "https://exam ple.org/ann/notes",
]


def _config(codex: object, site: Path) -> MkDocsConfig:
    config = load_config(MKDOCS_YML, site_dir=str(site))
    config.extra["codex"] = codex
    return config


def _refusal(codex: object, folder: Path) -> str:
    """How a build with these settings is refused, having written nothing."""
    with pytest.raises(ConfigurationError) as refusal:
        build(_config(codex, folder / "site"))
    assert not list(folder.iterdir()), "a refused build leaves neither a site nor a half of one"
    return str(refusal.value)


def _settings(**codex: object) -> Settings:
    return read_settings(_config({"root": ".", **codex}, PROJECT / "site"))


@pytest.mark.parametrize(("key", "nearest"), UNKNOWN)
def test_an_unknown_setting_is_told_with_its_file_and_the_setting_that_is_like_it(
    key: str, nearest: str, tmp_path: Path
) -> None:
    said = _refusal({key: 1}, tmp_path)
    assert said.startswith(f"{MKDOCS_YML}: ")
    assert f"`{key}`" in said
    assert f"Did you mean `{nearest}`?" in said


def test_an_unknown_setting_like_no_other_is_answered_with_all_that_there_are(tmp_path: Path) -> None:
    said = _refusal({"xyzzy": 1}, tmp_path)
    assert "`xyzzy`" in said
    assert all(key in said for key in KEYS)


@pytest.mark.parametrize(("key", "value"), WRONG_TYPES)
def test_a_value_of_the_wrong_type_is_told_with_its_file_key_and_value(
    key: str, value: object, tmp_path: Path
) -> None:
    said = _refusal({key: value}, tmp_path)
    assert said.startswith(f"{MKDOCS_YML}: `extra.codex.{key}`")
    assert repr(value) in said


@pytest.mark.parametrize("codex", [["root"], "inbox", 7, True])
def test_settings_that_are_no_group_are_refused(codex: object, tmp_path: Path) -> None:
    said = _refusal(codex, tmp_path)
    assert said.startswith(f"{MKDOCS_YML}: `extra.codex`")
    assert "group of settings" in said


@pytest.mark.parametrize("root", ["no/such/folder", "/no/such/folder", "mkdocs.yml"])
def test_a_root_that_is_no_folder_is_told_with_its_whole_path_and_how_to_set_it(
    root: str, tmp_path: Path
) -> None:
    said = _refusal({"root": root}, tmp_path)
    assert said.startswith(f"{MKDOCS_YML}: `extra.codex.root`")
    assert str((PROJECT / root).resolve()) in said
    assert "CODEX_ROOT" in said


@pytest.mark.parametrize(("key", "value"), OUT_OF_RANGE)
def test_a_number_out_of_range_is_told_with_the_range(key: str, value: int, tmp_path: Path) -> None:
    least, most = LIMITS[key]
    said = _refusal({key: value}, tmp_path)
    assert f"`extra.codex.{key}` is {value}" in said
    assert f"from {least} to {most}" in said


@pytest.mark.parametrize("key", LIMITS)
def test_both_ends_of_a_range_are_allowed(key: str) -> None:
    for value in LIMITS[key]:
        assert getattr(_settings(**{key: value}), key) == value


@pytest.mark.parametrize(
    "address", ["somewhere", "http://host:8786", "tcp://host", "tcp://:8786", "tcp://h:x"]
)
def test_an_engine_that_is_no_address_of_one_is_refused(address: str, tmp_path: Path) -> None:
    said = _refusal({"engine": address}, tmp_path)
    assert said.startswith(f"{MKDOCS_YML}: `extra.codex.engine` is {address!r}")
    assert "tcp://host:8786" in said


def test_an_engine_without_what_speaks_to_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "tcp://host:8786"
    assert _settings(engine=address).engine == address
    monkeypatch.setattr("codex_publisher.site.engine.find_spec", lambda name: None)
    assert "pip install 'codex-publisher[dask]'" in _refusal({"engine": address}, tmp_path)


@pytest.mark.parametrize("address", NO_WEB_ADDRESSES)
def test_a_repository_that_is_no_web_address_is_refused(address: str, tmp_path: Path) -> None:
    said = _refusal({"repository": address}, tmp_path)
    assert said.startswith(f"{MKDOCS_YML}: `extra.codex.repository`")
    assert repr(address) in said
    assert "https://" in said


def test_a_repository_may_end_in_a_slash() -> None:
    assert (
        _settings(repository="https://example.org/ann/notes/").repository == "https://example.org/ann/notes"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"roots": "."},
        {"root": "nowhere"},
        {"overdue_days": 30},
        {"checks": {"ignored": ["L101"]}},
        {"notes": "inbox"},
    ],
)
def test_wrong_settings_leave_an_existing_site_byte_for_byte(
    wrong: dict[str, object], tmp_path: Path
) -> None:
    site = write_codex(tmp_path / "site", {"index.html": "the last good one", "a/index.html": b"\x00\xff"})
    before = contents(tmp_path)
    with pytest.raises(ConfigurationError):
        build(_config(wrong, site))
    assert contents(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("codex", [None, {}, "", dict.fromkeys(KEYS)])
def test_every_setting_has_a_default(codex: object, tmp_path: Path) -> None:
    settings = read_settings(_config(codex, tmp_path / "site"))
    assert settings.root == PROJECT
    assert settings.only == ()
    assert (settings.notes_per_page, settings.backlinks_per_group) == (100, 20)
    assert settings.policy == Policy(settings.today)


@pytest.mark.parametrize("key", KEYS)
def test_every_setting_is_described_in_the_documentation(key: str) -> None:
    told = (PROJECT / "docs" / "configuration.md").read_text("utf-8")
    assert f"| [`{key}`](#" in told
    if key in LIMITS:
        least, most = LIMITS[key]
        default = getattr(_settings(), key)
        row = next(line for line in told.splitlines() if line.startswith(f"| [`{key}`]"))
        assert f"from {least} to {most}" in row
        assert f"`{default}`" in row


def test_folders_of_notes_narrow_the_codex_that_they_lie_in() -> None:
    settings = _settings(notes=["inbox", "docs/claims", "../elsewhere"])
    assert settings.only == ("inbox", "docs/claims")
    assert settings.own_docs == ("claims/",)


def test_folders_of_notes_do_not_narrow_another_codex(tmp_path: Path) -> None:
    codex = write_codex(tmp_path / "other", {"inbox/a.md": "# A", "essays/b.md": "# B", "c.md": "# C"})
    settings = _settings(root=str(codex), notes=["inbox", "docs/claims"])
    assert settings.only == ()
    site = build_site(codex, tmp_path / "site")
    assert sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.md")) == [
        "c",
        "essays/b",
        "sources/a",
    ]


def test_the_root_is_relative_to_the_settings_and_not_to_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _settings(root="docs").root == PROJECT / "docs"


def test_the_environment_names_the_codex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEX_ROOT", str(tmp_path))
    settings = read_settings(load_config(MKDOCS_YML))
    assert settings.root == tmp_path
    assert settings.only == ()


def test_a_codex_elsewhere_is_called_after_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "my-own_notes"
    folder.mkdir()
    settings = _settings(root=str(folder))
    assert settings.name == "My own notes"
    assert settings.description == ""
    assert _settings(root=str(folder), name="Ours", description="What we know").name == "Ours"


def test_the_codex_of_this_repository_has_the_name_that_the_site_has() -> None:
    config = load_config(MKDOCS_YML)
    assert _settings().name == config.site_name
    assert _settings().description == config.site_description


@pytest.mark.parametrize(
    ("epoch", "day"),
    [("0", date(1970, 1, 1)), ("1795219200", date(2026, 11, 21)), ("1795219199", date(2026, 11, 20))],
)
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_day_of_the_build_is_that_of_the_environment_in_every_time_zone(
    epoch: str, day: date, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    monkeypatch.setenv("TZ", zone)
    assert _settings().today == day


@pytest.mark.parametrize("place", ["codex", "."])
def test_a_site_that_would_replace_the_codex_is_refused_and_nothing_is_lost(
    tmp_path: Path, place: str
) -> None:
    write_codex(tmp_path / "codex", {"claims/a.md": "# A\n"})
    with pytest.raises(ConfigurationError, match="holds the codex itself"):
        build_site(tmp_path / "codex", tmp_path / place)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.md"]


def test_a_folder_of_other_files_is_not_replaced_by_a_site(tmp_path: Path, small_codex: Path) -> None:
    site = write_codex(tmp_path / "site", {"letters/home.txt": "Dear mother"})
    with pytest.raises(ConfigurationError, match="not a site"):
        build_site(small_codex, site)
    assert (site / "letters/home.txt").read_text("utf-8") == "Dear mother"


def test_an_empty_folder_may_become_a_site(tmp_path: Path, small_codex: Path) -> None:
    (tmp_path / "site").mkdir()
    assert (build_site(small_codex, tmp_path / "site") / "index.html").is_file()


def test_the_older_setting_is_answered_with_the_new_one(tmp_path: Path) -> None:
    said = _refusal({"overdue_days": 30}, tmp_path)
    assert "Write `checks: {queue_days: {high: 30}}` instead." in said


def test_what_the_checks_may_say_is_told_with_the_file_and_the_key(tmp_path: Path) -> None:
    said = _refusal({"checks": {"queue_days": {"high": 0}}}, tmp_path)
    assert said.startswith(f"{MKDOCS_YML}: `extra.codex.checks`: `checks.queue_days.high` is 0")


def test_the_checks_count_up_to_the_day_of_the_build() -> None:
    settings = _settings(checks={"queue_days": {"high": 30}, "ignore": ["L102"]})
    assert settings.policy.today == settings.today == date(2026, 11, 21)
    assert settings.policy.queue_days["high"] == 30
    assert settings.policy.ignored == {"L102"}
