"""The table of commands: which module of this folder holds each, and its line of help."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `module` is imported when it is called and must hold a Typer named `app`."""

    module: str
    help: str


# A module's `app` with one command is that command; with several it is a group of them.
COMMANDS = {
    "read": Command("read", "Read reports into the ledger: text, HTML or JSONL."),
    "board": Command(
        "board", "Show who is fighting, who is talking and who is holding fire, with the best sentence for each."
    ),
    "actor": Command(
        "actor",
        "Show one actor: its posture and since when, gap, course, reasons, who condemns it, its neighbours.",
    ),
    "timeline": Command(
        "timeline", "Show what each actor did and said over time: spells of one deed or word, each with a sentence."
    ),
    "network": Command(
        "network",
        "Show who attacks, threatens, restrains, backs or condemns whom, with the best sentence for each tie.",
    ),
    "claims": Command("claims", "List the claims of the ledger, latest first."),
    "show": Command(
        "show", "Show one claim: its sentence in context, facets in words, source chain, rules that fired."
    ),
    "why": Command(
        "why", "Show the reasons given for what an actor does and does not do, its tripwires and its ways out."
    ),
    "silence": Command(
        "silence", "Show who has gone quiet beyond chance, apart from thin reporting and from what cannot be told."
    ),
    "suspects": Command(
        "suspects", "Name who acted in most earlier episodes in which a party was attacked, and does not now."
    ),
    "brief": Command("brief", "Write a brief, each sentence with its claims: Markdown, HTML, PDF or Word."),
    "plot": Command("plot", "Draw one figure as SVG or PNG: timeline, gap, network, coverage, silence."),
    "corroborate": Command(
        "corroborate", "Group claims that say the same, count their independent origins, pair what contradicts."
    ),
    "history": Command(
        "history",
        "Show what happened to a claim, a report or an actor: read, superseded, judged, taken down, and when.",
    ),
    "diff": Command(
        "diff",
        "Show which claims changed between two moments of knowing: by new reports, new rules or new judgements.",
    ),
    "judge": Command("judge", "Accept, correct, reject or comment on a claim; who, when and why are kept."),
    "reread": Command(
        "reread",
        "Read the reports of the ledger again with the rules of today; older claims are superseded, never overwritten.",
    ),
    "ledger": Command(
        "ledger", "Look after the ledger: check, backup, restore, merge, takedown, grade, import-grades."
    ),
    "import": Command(
        "import_events",
        "Import event tables: ACLED, UCDP GED, GDELT 1.0 and 2.0, ICEWS, POLECAT. Run it again to go on after a break.",
    ),
    "quotes": Command(
        "quotes", "List who says what: quotations, reported speech, denials and rumours, each with its source."
    ),
    "actors": Command("actors", "Look actors up in the knowledge base, check it, and import others' lists."),
    "serve": Command(
        "serve",
        "Show the ledger in a browser: board, actors, reports, claims, map, search. On this machine only, read-only.",
    ),
    "explain": Command("explain", "Show how one sentence is read: passages, parse, mentions, rules, claims."),
    "rules": Command("rules", "Check the rules, run their own examples, see what they leave out."),
    "gate": Command("gate", "Measure the gate, which keeps passages that can carry no claim from being parsed."),
    "doctor": Command(
        "doctor", "Check versions, language model, rules and ledger; say what is missing and how to get it."
    ),
    "demo": Command("demo", "Read the sample reports into a fresh ledger, print the board, say what to type next."),
}
