"""Reads scenarios into ledgers and compares their boards with a careful reader's: python -m evaluation.scenarios

For each folder of evaluation/corpora/scenarios (or --folder), every report is read into a fresh ledger and the board
is taken as `holdfire board --conflict … --valid-on …` takes it. Counted are deeds and words that the tables allow, and
days since when: a row's `since` is right within one day, where its deed (or, without one, its word) is right. A day
that stands in several tables of a scenario counts once, in the first.

Exit 1 when a figure lies below its floor (floors_scenarios.toml), or a table has a fault.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from evaluation.run import below_floor
from evaluation.scenario_boards import NONE, Row, Scenario, faults, read_report, read_scenario
from holdfire.conclusions.board import read_board
from holdfire.ledger.append import append_batch, begin_run
from holdfire.ledger.connect import Ledger, open_ledger
from holdfire.model.entry import AsOf
from holdfire.model.posture import Board, Finding
from holdfire.pipeline import Reader, load_reader, read_whole
from holdfire.rules.conflicts import Conflict, find_conflict, load_conflicts
from holdfire.rules.load import RuleSource

HERE = Path(__file__).parent
FOLDER = HERE / "corpora" / "scenarios"
# A report may tell on one day what was done on the day before.
_DAYS_OFF = 1


def boards(scenario: Scenario, reader: Reader, conflict: Conflict) -> dict[date, Board]:
    """The board of every day that the scenario has a table for, after all its reports have been read."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(Path(folder) / "ledger.db")
        try:
            _fill(ledger, scenario, reader)
            return {day: _board(ledger, day, reader, conflict) for day in scenario.days}
        finally:
            ledger.close()


def _board(ledger: Ledger, day: date, reader: Reader, conflict: Conflict) -> Board:
    asof = AsOf(valid_on=day)
    return read_board(ledger, asof, rulebook=reader.rulebook, knowledge=reader.knowledge, conflict=conflict)


def score(
    rows: Iterable[Row], found: dict[date, Board], actors: dict[str, str], lines: list[str] | None = None
) -> Counter[str]:
    """How many deeds, words and dates are asked for and how many are right ("deeds", "deeds right", and so on).

    actors: knowledge-base ids by name. lines: one line for each answer that is wrong is added to it.
    """
    counts: Counter[str] = Counter()
    dated: set[tuple[str, date]] = set()
    for row in rows:
        posture = next((each for each in found[row.day].postures if each.key == actors[row.actor]), None)
        deed, word = (posture.deed, posture.word) if posture else (None, None)
        for kind, finding, answers in (("deeds", deed, row.deed), ("words", word, row.word)):
            right = _conduct(finding) in answers
            counts[kind] += 1
            counts[f"{kind} right"] += right
            if not right and lines is not None:
                lines.append(f"{row.day}  {row.actor}: {' or '.join(answers)} — found {_told(finding)}  [{row.why}]")
        leading, answers = (deed, row.deed) if row.deed != (NONE,) else (word, row.word)
        if row.since is None or (row.actor, row.since) in dated or leading is None or _conduct(leading) not in answers:
            continue
        dated.add((row.actor, row.since))
        right = abs((leading.since - row.since).days) <= _DAYS_OFF
        counts["dates"] += 1
        counts["dates right"] += right
        if not right and lines is not None:
            lines.append(f"{row.day}  {row.actor}: {leading.conduct} since {row.since} — found {_told(leading)}")
    return counts


def figures(counts: Counter[str]) -> dict[str, float]:
    """The shares that are right, each under the name that its floor has."""
    asked = {"deeds": counts["deeds"], "words": counts["words"], "dates": counts["dates"]}
    shares = {name: round(counts[f"{name} right"] / total, 3) for name, total in asked.items() if total}
    both = counts["deeds right"] + counts["words right"]
    return {"deeds and words": round(both / (asked["deeds"] + asked["words"]), 3), **shares}


def main() -> None:
    """Score every scenario, print the figures, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="scenarios elsewhere, laid out in the same way")
    parser.add_argument("--only", metavar="NAME", help="only this scenario")
    parser.add_argument("--verbose", action="store_true", help="one line a deed, word or date that is wrong")
    given = parser.parse_args()
    source = RuleSource()
    reader, conflicts = load_reader(source), load_conflicts(source)
    actors = {actor.name: actor.id for actor in reader.knowledge.actors.values()}
    families = {name: each.family for name, each in reader.rulebook.conducts.items()}
    totals: dict[str, Counter[str]] = {}
    failed = False
    for path in sorted(given.folder.glob("*/boards.md")):
        if given.only not in (None, path.parent.name):
            continue
        scenario = read_scenario(path.parent)
        wrong = list(faults(scenario, families, set(actors)))
        conflict = find_conflict(scenario.conflict, conflicts)
        if conflict is None:
            wrong.append(f"{scenario.name}: no conflict {scenario.conflict!r} in rules/conflicts")
        for fault in wrong:
            print(fault, file=sys.stderr)
        if wrong or conflict is None:
            failed = True
            continue
        lines: list[str] = []
        totals[scenario.name] = score(scenario.rows, boards(scenario, reader, conflict), actors, lines)
        size = f"{len(scenario.reports)} reports, {len(scenario.days)} boards"
        print(f"{scenario.name}: {size}, {_shown(totals[scenario.name])}")
        if given.verbose:
            print("\n".join(f"  {line}" for line in lines))
    if given.only or given.folder != FOLDER:
        sys.exit(failed)
    for name, told in tomllib.loads((HERE / "floors_scenarios.toml").read_text("utf-8")).items():
        counts = sum((totals[each] for each in told["scenarios"] if each in totals), Counter())
        print(f"{name}: {_shown(counts)}")
        for line in below_floor(figures(counts), told["floors"]):
            print(f"BELOW ITS FLOOR  {name}: {line}", file=sys.stderr)
            failed = True
    sys.exit(failed)


def _fill(ledger: Ledger, scenario: Scenario, reader: Reader) -> None:
    now = datetime.now(UTC)
    rules = reader.rulebook.boilerplate
    run = begin_run(ledger, command="evaluation", rulebook_hash=reader.rulebook.digest, version="evaluation", now=now)
    append_batch(ledger, run, [read_whole(read_report(path, rules), reader) for path in scenario.reports], now=now)


def _shown(counts: Counter[str]) -> str:
    shares = figures(counts)
    return "; ".join(
        f"{name} {share:.3f}" + (f" ({counts[f'{name} right']} of {counts[name]})" if name in counts else "")
        for name, share in shares.items()
    )


def _conduct(finding: Finding | None) -> str:
    return finding.conduct if finding else NONE


def _told(finding: Finding | None) -> str:
    if finding is None:
        return NONE
    best = finding.best.claim.evidence.text
    return f"{finding.conduct} since {finding.since} ({len(finding.entries)} claims): “{' '.join(best.split())}”"


if __name__ == "__main__":
    main()
