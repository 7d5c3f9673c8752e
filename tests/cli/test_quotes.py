"""`holdfire quotes`: formats, offsets, exit codes."""

import csv
import io
import json
import subprocess
import sys

TEXT = (
    "Front holds its fire\n"
    "“We will not fight,” said Ada Moor, a spokeswoman for the bloc. “This is not our war.”\n"
    "The envoy said the general had told him that the army would wait.\n"
)


def quotes(*arguments, stdin=None):
    return subprocess.run(
        [sys.executable, "-m", "holdfire.cli.main", "quotes", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def test_jsonl_gives_one_object_a_report_with_offsets_into_its_text():
    lines = "".join(json.dumps({"id": name, "text": TEXT}) + "\n" for name in ("a", "b"))
    found = quotes("-", "--format", "jsonl", stdin=lines)
    assert found.returncode == 0, found.stderr
    first, second = map(json.loads, found.stdout.splitlines())
    assert (first["id"], second["id"]) == ("a", "b")
    each = first["attributions"][0]
    assert [TEXT[start:end] for start, end in each["content"]] == ["“We will not fight,”", "“This is not our war.”"]
    assert TEXT[slice(*each["source"])] == "Ada Moor, a spokeswoman for the bloc"
    assert TEXT[slice(*each["cue"])] == "said"
    assert (each["type"], each["speaker"], each["kind"]) == ("direct", "Ada Moor", "named")


def test_hearsay_is_listed_once_and_in_full_when_asked(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    plain = quotes(tmp_path / "a.txt").stdout
    full = quotes(tmp_path / "a.txt", "--all").stdout
    assert "- **the general**" not in plain
    assert "- **The envoy**: the general had told him that the army would wait" in plain
    assert "- **the general**: that the army would wait" in full


def test_csv_has_a_heading_and_a_row_each(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    heading, first, *_ = csv.reader(io.StringIO(quotes(tmp_path / "a.txt", "--format", "csv").stdout))
    row = dict(zip(heading, first, strict=True))
    assert (row["source"], row["role"], row["cue"]) == ("Ada Moor", "a spokeswoman for the bloc", "said")


def test_misuse_and_a_bad_report_have_their_exit_codes(tmp_path):
    assert quotes(tmp_path / "none.txt").returncode == 2
    assert quotes("-", "--format", "xml", stdin="x").returncode == 2
    found = quotes("-", "--format", "jsonl", stdin='{"id": "a", "text": 3}\n')
    assert found.returncode == 1
    assert "Traceback" not in found.stderr
