"""`holdfire serve`: the ledger as pages in a browser, on this machine only, for reading."""

from __future__ import annotations

import gc
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.cli.options import LedgerOption, RulesOption, ledger_name, ledger_to_read, rule_source, settings_from
from holdfire.errors import HoldfireError, UsageError

if TYPE_CHECKING:
    from holdfire.rules.load import RuleSource
    from holdfire.settings import Settings

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

HOST = "127.0.0.1"
# Open pages are not waited for longer than this when the server is asked to stop.
_GRACE_SECONDS = 3
# Longer than a reader leaves a connection idle, so that none is closed while something is asked.
_KEEP_SECONDS = 75
_WAITING = 128
# Pages are made of many small objects that are dropped together; 700, as usual, would look through them all the time.
_COLLECT = (50_000, 20, 20)


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8321,
    samples: Annotated[
        bool, typer.Option("--samples", help="Serve the sample reports, read into a ledger of their own.")
    ] = False,
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Show the ledger in a browser: board, actors, reports, claims, map, search. On this machine only, read-only."""
    if samples and ledger:
        raise UsageError("serve: --samples has a ledger of its own. Leave --ledger out.")
    settings = settings_from(_samples(rules) if samples else ledger, rules)
    listening = _listen(port)
    address = f"http://{HOST}:{listening.getsockname()[1]}/"
    with listening:
        _serve(settings, rule_source(settings), listening, address)


def _serve(settings: Settings, source: RuleSource, listening: socket.socket, address: str) -> None:
    import uvicorn

    from holdfire.pipeline import load_knowledge
    from holdfire.rules.rulebook import load_rulebook
    from holdfire.web.app import create_app
    from holdfire.web.room import open_room

    rulebook, knowledge = load_rulebook(source), load_knowledge(source)
    with ledger_to_read(settings) as opened:
        room = open_room(opened, source, rulebook=rulebook, knowledge=knowledge)
        config = uvicorn.Config(
            create_app(room), log_level="warning", access_log=False, timeout_graceful_shutdown=_GRACE_SECONDS,
            server_header=False, timeout_keep_alive=_KEEP_SECONDS,
        )  # fmt: skip
        typer.echo(f"{ledger_name(settings.ledger)} is shown at {address} on this machine. Stop with Ctrl-C.")
        # uvicorn passes the signal that stopped it on to whoever handled it before: being asked to stop is no failure.
        # Rules and knowledge stay as they are as long as the server runs: no collection of garbage need look at them.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_COLLECT)
        for asked in (signal.SIGINT, signal.SIGTERM):
            signal.signal(asked, lambda *_: None)
        uvicorn.Server(config).run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    """A socket on the loopback address. Raises HoldfireError when the port is taken."""
    # With its protocol named, asyncio sends small answers at once instead of waiting for more to come.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        # Whoever asks as soon as the address is printed waits instead of being turned away.
        listening.listen(_WAITING)
    except OSError as why:
        listening.close()
        raise HoldfireError(
            f"serve: port {port} cannot be used ({why.strerror}). Stop what runs there, or give --port 0."
        ) from why
    return listening


def _samples(rules: list[str] | None) -> str:
    """The ledger of the samples, read once for each state of the rules and kept in the user's cache folder."""
    from holdfire.cli.demo import fill
    from holdfire.settings import cache_folder

    source = rule_source(settings_from(None, rules))
    path = cache_folder() / f"samples-{source.digest()[:16]}.db"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(f"{path}.unfinished")
        unfinished.unlink(missing_ok=True)
        fill(str(unfinished), source)
        for suffix in ("", "-wal", "-shm"):
            made = Path(f"{unfinished}{suffix}")
            if made.exists():
                made.rename(f"{path}{suffix}")
    return str(path)
