"""Processes that die, hang or never start, each on a word in a report."""

import os
import signal
import time

from holdfire.bulk.worker import Done, Ready


def reading(connection, source):
    """Reads nothing; a report that says KILL ends the process, one that says HANG never ends, FAIL cannot be read."""
    connection.send(Ready(rulebook_hash="hash"))
    while True:
        try:
            documents = connection.recv()
        except EOFError:
            return
        for each in documents:
            if "KILL" in each.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "HANG" in each.text:
                time.sleep(3600)
        connection.send([Done(problem="no") if "FAIL" in each.text else Done() for each in documents])


def stillborn(connection, source):
    """Ends before it is ready."""
    raise SystemExit(3)


def broken(connection, source):
    """Cannot load its rules."""
    connection.send(Ready(broken="the rules are missing"))
