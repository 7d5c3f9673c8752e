"""Where settings come from, and in which order."""

import pytest

from holdfire.errors import UsageError
from holdfire.settings import ledger_url, load_settings


def test_argument_before_environment_before_file(tmp_path):
    (tmp_path / "holdfire.toml").write_text('ledger = "file.db"\n')
    environ = {"HOLDFIRE_LEDGER": str(tmp_path / "environ.db")}
    assert load_settings(ledger="sqlite:///x.db", environ=environ, folder=tmp_path).ledger == "sqlite:///x.db"
    assert load_settings(environ=environ, folder=tmp_path).ledger.endswith("/environ.db")
    assert load_settings(environ={}, folder=tmp_path).ledger == f"sqlite:///{tmp_path}/file.db"


def test_default_is_in_the_users_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert load_settings(environ={}, folder=tmp_path).ledger == f"sqlite:///{tmp_path}/holdfire/holdfire.db"


def test_urls_stand_as_they_are():
    assert ledger_url("postgresql+psycopg://localhost/holdfire") == "postgresql+psycopg://localhost/holdfire"


@pytest.mark.parametrize(
    ("content", "says"),
    [("ledgr = 'x'", "unknown key 'ledgr'"), ("ledger = 3", "must be"), ("ledger =", "not valid TOML")],
)
def test_bad_file_stops_the_run(tmp_path, content, says):
    (tmp_path / "holdfire.toml").write_text(content)
    with pytest.raises(UsageError, match=says):
        load_settings(environ={}, folder=tmp_path)


def test_rules_folder_must_be_there(tmp_path):
    with pytest.raises(UsageError, match="is no folder"):
        load_settings(rules=[str(tmp_path / "none")], environ={}, folder=tmp_path)
