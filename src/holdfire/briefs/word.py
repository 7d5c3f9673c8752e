"""A brief as a Word document: headings, paragraphs, figures and notes in the styles that Word knows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from holdfire.briefs.drawing import WIDTH
from holdfire.briefs.grammar import day_words, spans
from holdfire.briefs.illustrations import Illustration
from holdfire.briefs.parts import Brief, Note, Paragraph, Sentence
from holdfire.rules.conducts import Conduct

# Word keeps dates of making; a brief's is no news, and would make no two files alike.
_NO_DATE = datetime(2000, 1, 1)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
# Characters that XML 1.0 cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def as_docx(brief: Brief, illustrations: Sequence[Illustration], *, conducts: Mapping[str, Conduct]) -> bytes:
    """The document; the same brief makes the same bytes."""
    from docx import Document
    from docx.shared import Inches, Mm, Pt

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(17)
    page.top_margin = page.bottom_margin = Mm(18)
    _set_styles(document, Pt)
    document.add_heading(_clean(brief.title), level=0)
    document.add_paragraph(_clean(brief.heading), style="Subtitle")
    for sentence in brief.headline:
        line = document.add_paragraph()
        _write_sentence(line, sentence, bold=True)
    figures = {each.key: each for each in illustrations}
    for section in brief.sections:
        document.add_heading(_clean(section.title), level=1)
        for paragraph in section.paragraphs:
            _write(document.add_paragraph(), paragraph, conducts, plain=section.key in ("state", "unseen"))
        figure = figures.get(section.figure or "")
        if figure is not None:
            picture = document.add_picture(io.BytesIO(figure.draw("png")), width=Inches(min(WIDTH, 6.9)))
            picture._inline.docPr.set("descr", _clean(figure.caption))
            document.add_paragraph(_clean(figure.caption), style="Caption")
    document.add_heading(_clean(brief.notes_title), level=1)
    for note in brief.notes:
        _write_note(document.add_paragraph(style="Notes"), note)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _clean(brief.title), "Holdfire", ""
    properties.created = properties.modified = _NO_DATE
    made = io.BytesIO()
    document.save(made)
    return _without_dates(made.getvalue())


def _set_styles(document: Any, points: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    styles = document.styles
    notes = styles.add_style("Notes", WD_STYLE_TYPE.PARAGRAPH)
    notes.base_style = styles["Normal"]
    sizes = {"Normal": 10, "Title": 20, "Subtitle": 9, "Heading 1": 13, "Caption": 8.5, "Notes": 8}
    for name, size in sizes.items():
        style = styles[name]
        style.font.name, style.font.size = "Arial", points(size)
        style.font.italic = False
        style.font.bold = name in ("Title", "Heading 1")
        soft = name in ("Subtitle", "Caption")
        style.font.color.rgb = RGBColor(0x5C, 0x5C, 0x5C) if soft else RGBColor(0x1A, 0x1A, 0x1A)
        # A theme's font would win over the one named.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(key), None)
        style.paragraph_format.space_after = points(4)
    styles["Heading 1"].paragraph_format.space_before = points(14)
    for spacing in list(styles["Subtitle"].element.rPr.findall(qn("w:spacing"))):
        styles["Subtitle"].element.rPr.remove(spacing)
    borders = styles["Title"].element.find(f".//{qn('w:pBdr')}")
    if borders is not None:
        borders.getparent().remove(borders)


def _write(line: Any, paragraph: Paragraph, conducts: Mapping[str, Conduct], *, plain: bool) -> None:
    from docx.shared import Mm, RGBColor

    if not plain:
        line.paragraph_format.left_indent = Mm(6)
        line.paragraph_format.first_line_indent = Mm(-6)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(6))
        conduct = conducts.get(paragraph.conduct or "")
        if conduct is not None:
            sign = line.add_run(paragraph.sign(conducts))
            sign.font.name = "DejaVu Sans"
            sign.font.color.rgb = RGBColor.from_string(conduct.colour[1:].upper())
        line.add_run("\t")
    name = paragraph.name
    for number, sentence in enumerate(paragraph.sentences):
        if number:
            line.add_run(" ")
        _write_sentence(line, sentence, name=name if not number else "")


def _write_sentence(line: Any, sentence: Sentence, *, name: str = "", bold: bool = False) -> None:
    def add(text: str) -> None:
        if text:
            line.add_run(_clean(text)).bold = bold or None

    add(sentence.lead)
    for number, statement in enumerate(sentence.statements):
        text = (sentence.between if number else "") + statement.text
        if not number and name and text.startswith(name):
            line.add_run(_clean(name)).bold = True
            text = text[len(name) :]
        add(text)
        if statement.numbers:
            marks = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans(statement.numbers))
            line.add_run(f"\u202f{marks}").font.superscript = True
    add(sentence.end)


def _write_note(line: Any, note: Note) -> None:
    from docx.shared import Mm

    line.paragraph_format.left_indent = Mm(8)
    line.paragraph_format.first_line_indent = Mm(-8)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(8))
    said = f", said by {', '.join(note.said_by)}" if note.said_by else ""
    line.add_run(f"{note.number}\t")
    line.add_run(_clean(f"{note.outlet}, {day_words(note.day)}: {note.quote}{said}. "))
    line.add_run(note.grade).bold = True
    line.add_run(_clean(f" {note.actor}: {note.conduct}, {note.certainty}. "))
    address = f" {note.url}" if note.url else ""
    line.add_run(_clean(f"Claim {note.claim_id[:8]}, report {note.document_id}.{address}"))


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _without_dates(made: bytes) -> bytes:
    """The same archive with the same date on every file in it, in the same order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=_ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
