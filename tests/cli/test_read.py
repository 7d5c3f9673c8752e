"""`holdfire read`: standard output, standard error, exit codes."""

import json
import time

import pytest

from tests.cli.calling import holdfire

GOOD = "Front holds its fire\nThe Valley Front fired nothing on Friday.\nShare this post\n"


def test_help_costs_no_language_model():
    started = time.perf_counter()
    found = holdfire("--help")
    took = time.perf_counter() - started
    assert found.returncode == 0
    assert "read" in found.stdout
    # 0.13 s on an idle machine of 2 cores; the language model alone would take 1.5 s.
    assert took < 1.0


def test_one_object_a_report_on_standard_output(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    found = holdfire(
        "read",
        tmp_path / "a.txt",
        "--published",
        "2025-06-14",
        "--outlet",
        "The Post",
        "--format",
        "jsonl",
        "--no-store",
    )
    assert found.returncode == 0
    (line,) = found.stdout.splitlines()
    document = json.loads(line)["document"]
    assert set(document) == {"id", "url", "outlet", "title", "byline", "published", "text", "boilerplate", "pointers"}
    assert (document["text"], document["outlet"], document["published"]) == (GOOD, "The Post", "2025-06-14")
    (mark,) = document["boilerplate"]
    assert document["text"][mark["start_char"] : mark["end_char"]] == "Share this post"
    assert "Read 1 report" in found.stderr


def test_standard_input_and_a_kept_id():
    line = json.dumps({"id": "mine", "text": GOOD})
    found = holdfire("read", "-", "--format", "jsonl", "--no-store", stdin=line)
    assert json.loads(found.stdout)["document"]["id"] == "mine"


def test_rest_of_the_batch_is_read_and_each_failure_is_one_line(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "empty.txt").write_text("")
    found = holdfire("read", tmp_path / "empty.txt", tmp_path / "good.txt", "--format", "jsonl", "--no-store")
    assert found.returncode == 1
    assert len(found.stdout.splitlines()) == 1
    assert found.stderr.splitlines()[0] == f"holdfire: {tmp_path}/empty.txt: is empty."
    assert found.stderr.splitlines()[1].endswith("1 problem.")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["read", "nowhere.txt", "--no-store"], "there is no such file"),
        (["read", "/", "--no-store"], "is a folder"),
        (["read", "-", "--published", "last Tuesday"], "no date"),
        (["read", "-", "--format", "xml"], "is none of"),
        (["read", "-", "--rules", "/nowhere"], "is no folder"),
        (["read"], "Missing argument"),
        (["reed"], "Did you mean 'read'?"),
        (["explain", "  "], "no words"),
        (["explain", "x", "--published", "2025-02-30"], "no date"),
    ],
)
def test_misuse_is_one_clear_line_and_exit_code_2(arguments, says):
    found = holdfire(*arguments, stdin="")
    assert found.returncode == 2
    assert says in found.stderr
    assert "Traceback" not in found.stderr


def test_explain_shows_the_parse():
    found = holdfire("explain", "The Valley Front fired two rockets at Port Amar.", "--format", "json")
    (passage,) = json.loads(found.stdout)["passages"]
    assert [each["text"] for each in passage["tokens"] if each["dep"] == "ROOT"] == ["fired"]
