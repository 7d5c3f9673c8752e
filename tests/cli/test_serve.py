"""`holdfire serve`: starts on a ledger, answers on this machine alone, writes nothing, and stops when asked."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from tests.cli.calling import holdfire
from tests.web.newsroom import fill


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    made = tmp_path_factory.mktemp("serve") / "news.db"
    fill(made)
    return made


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_serves_reads_only_and_stops_when_asked(path, asked):
    before = path.read_bytes()
    command = [sys.executable, "-u", "-m", "holdfire.cli.main", "serve", "--ledger", str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            address = server.stdout.readline().split(" is shown at ")[1].split(" on this machine")[0]
            assert address.startswith("http://127.0.0.1:")
            with urllib.request.urlopen(f"{address}board.json", timeout=60) as answer:
                assert answer.status == 200
            server.send_signal(asked)
            assert server.wait(timeout=30) == 0
            assert "Traceback" not in server.stderr.read()
        finally:
            server.kill()
    assert path.read_bytes() == before


def test_a_port_that_is_taken_is_told_in_one_line(path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        found = holdfire("serve", "--ledger", path, "--port", taken.getsockname()[1])
    assert found.returncode == 1
    assert found.stderr.startswith("holdfire: serve: port")
    assert found.stderr.count("\n") == 1


def test_no_ledger_and_two_ledgers_are_told(tmp_path):
    missing = holdfire("serve", "--ledger", tmp_path / "none.db", "--port", "0")
    assert missing.returncode == 1
    assert "there is no such file" in missing.stderr
    both = holdfire("serve", "--samples", "--ledger", tmp_path / "none.db")
    assert both.returncode == 2
