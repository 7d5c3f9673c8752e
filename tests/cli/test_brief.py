"""`holdfire brief` and `holdfire plot`: what they write, and what they say when they cannot."""

import pytest

from tests.cli.calling import holdfire

REPORT = "Norland said on 3 March 2031 that it had shelled Sudland. The Valley Front has held its fire.\n"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    folder = tmp_path_factory.mktemp("brief")
    (folder / "report.txt").write_text("Shelling at the mill\n" + REPORT)
    path = folder / "my.db"
    made = holdfire("read", folder / "report.txt", "--published", "2031-03-04", "--outlet", "Amar Courier",
                    "--ledger", path)  # fmt: skip
    assert made.returncode == 0, made.stderr
    return path


def test_markdown_goes_to_standard_output_or_a_file_with_its_figures(ledger, tmp_path):
    shown = holdfire("brief", "--ledger", ledger)
    assert shown.returncode == 0
    assert shown.stdout.startswith("# All conflicts of the ledger")
    made = holdfire("brief", "--ledger", ledger, "-o", tmp_path / "b.md")
    assert made.returncode == 0
    assert "Wrote" in made.stderr
    assert {each.name for each in tmp_path.iterdir()} >= {"b.md", "b-timeline.svg", "b-coverage.svg"}
    assert "](b-timeline.svg)" in (tmp_path / "b.md").read_text("utf-8")


@pytest.mark.parametrize(("name", "begins"), [("b.html", b"<!doctype html>"), ("b.docx", b"PK")])
def test_other_formats_go_by_the_name_of_the_file(ledger, tmp_path, name, begins):
    for again in ("one", "two"):
        (tmp_path / again).mkdir()
        made = holdfire("brief", "--ledger", ledger, "-o", tmp_path / again / name)
        assert made.returncode == 0, made.stderr
    one, two = ((tmp_path / again / name).read_bytes() for again in ("one", "two"))
    assert one.startswith(begins)
    assert one == two


@pytest.mark.parametrize(
    ("options", "says", "code"),
    [
        (["-o", "brief.txt"], "does not say what to write", 2),
        (["--format", "pdf"], "Name one: -o brief.pdf", 2),
        (["--format", "odt"], "none of md, html, pdf, docx", 2),
        (["--since", "yesterday"], "--since", 2),
        (["--since", "2031-05-01", "--valid-on", "2031-04-01"], "later than --valid-on", 2),
        (["--conflict", "nowhere"], "--conflict: Looking for the conflict 'nowhere'", 2),
        (["--valid-on", "1999-01-01"], "no claim speaks of those days", 1),
        (["-o", "/nowhere/at/all/b.html"], "Writing /nowhere/at/all/b.html", 1),
    ],
)
def test_misuse_is_told_in_one_line(ledger, tmp_path, options, says, code):
    made = holdfire("brief", "--ledger", ledger, *options, cwd=tmp_path)
    assert made.returncode == code
    assert says in made.stderr
    assert "Traceback" not in made.stderr
    assert made.stderr.count("\n") == 1


@pytest.mark.parametrize("figure", ["timeline", "gap", "coverage"])
def test_plots_are_svg_or_png_by_name(ledger, tmp_path, figure):
    for suffix, begins in ((".svg", b"<?xml"), (".png", b"\x89PNG")):
        made = holdfire("plot", figure, "--ledger", ledger, "-o", tmp_path / f"x{suffix}")
        assert made.returncode == 0, made.stderr
        assert (tmp_path / f"x{suffix}").read_bytes().startswith(begins)


def test_a_plot_of_nothing_and_of_another_kind_of_file(ledger, tmp_path):
    wrong = holdfire("plot", "timeline", "--ledger", ledger, "-o", tmp_path / "x.jpg")
    assert (wrong.returncode, "must end in .svg or .png" in wrong.stderr) == (2, True)
    early = holdfire("plot", "network", "--ledger", ledger, "--valid-on", "1999-01-01", "-o", tmp_path / "x.svg")
    assert (early.returncode, "no claim speaks of those days" in early.stderr) == (1, True)
