"""What was concluded is kept while the ledger stands, made once for many readers, made anew when it moved on."""

import threading
import time

from holdfire.web.room import Shelf


def test_a_value_is_made_once_for_each_state():
    made = []
    shelf = Shelf()
    for state in (1, 1, 2, 2, 1):
        shelf.kept("board", state, lambda state=state: made.append(state))
        time.sleep(0.01)
    assert made == [1, 2, 1]


def test_readers_who_ask_at_once_wait_for_the_first():
    made = []
    shelf = Shelf()

    def make():
        time.sleep(0.05)
        made.append(1)
        return "board"

    found = []
    readers = [threading.Thread(target=lambda: found.append(shelf.kept("board", 1, make))) for _ in range(8)]
    for each in readers:
        each.start()
    for each in readers:
        each.join()
    assert (made, found) == ([1], ["board"] * 8)


def test_what_took_long_is_served_for_a_while_though_the_ledger_moves_on():
    shelf = Shelf()

    def slowly():
        time.sleep(0.06)
        return "old"

    shelf.kept("board", 1, slowly)
    assert shelf.kept("board", 2, lambda: "new") == "old"
    shelf.kept("page", 1, lambda: "old")
    time.sleep(0.01)
    assert shelf.kept("page", 2, lambda: "new") == "new"


def test_an_error_is_not_kept():
    shelf = Shelf()

    def fail():
        raise ValueError

    for _ in range(2):
        try:
            shelf.kept("board", 1, fail)
        except ValueError:
            continue
        raise AssertionError
    assert shelf.kept("board", 1, lambda: "made") == "made"


def test_no_more_is_kept_than_there_is_room_for():
    shelf = Shelf(most=3)
    made = []
    for number in (1, 2, 3, 4, 1):
        shelf.kept(number, 1, lambda number=number: made.append(number))
    assert made == [1, 2, 3, 4, 1]
