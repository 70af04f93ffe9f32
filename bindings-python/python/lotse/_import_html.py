"""Reports, questions and sketches of imports as HTML for notebooks. What is missing comes first."""

from collections.abc import Mapping, Sequence
from typing import Any

from lotse import _markup as html
from lotse._format import format_position, label_of_import
from lotse._markup import CELL, COUNT, MAX_ROWS, NAME, SHORT, WORD, Html
from lotse._messages import messages_for
from lotse._tables import SECTIONS

MAX_POSITIONS = 3
"""The maximum of rows that a note shows."""

MISSING = ("lost", "left_out")
"""The sections of what is missing, which are shown before the questions."""


def render_import(
    report: Mapping[str, Any], questions: Sequence[Mapping[str, Any]], lang: str, names: Mapping[str, str]
) -> str:
    """Renders what an import produced: what is missing, the questions, then the other notes and the columns."""
    messages = messages_for(lang)
    open_questions = [_question_section(questions, lang, names), _how_to_answer(messages)] if questions else []
    parts = [
        _summary(report, messages),
        *_note_sections(report, MISSING, lang),
        *open_questions,
        *_note_sections(report, [section for section in SECTIONS if section not in MISSING], lang),
        _column_section(report["columns"], messages),
        *_recognized(report["recognized"], messages),
        *_licence(report, messages),
    ]
    return html.page(lang, parts)


def render_import_report(data: Mapping[str, Any], lang: str, names: Mapping[str, str]) -> str:
    """Renders the report of an import."""
    messages = messages_for(lang)
    parts = [_summary(data, messages), *_note_sections(data, SECTIONS, lang), _column_section(data["columns"], messages)]
    return html.page(lang, [*parts, *_recognized(data["recognized"], messages), *_licence(data, messages)])


def render_questions(data: Sequence[Mapping[str, Any]], lang: str, names: Mapping[str, str]) -> str:
    """Renders the open questions of an import, the most frequent first."""
    messages = messages_for(lang)
    how = [_how_to_answer(messages)] if data else []
    return html.page(lang, [_question_section(data, lang, names), *how])


def render_sketch(data: Mapping[str, Any], lang: str, names: Mapping[str, str]) -> str:
    """Renders what is recognized in files before they are imported."""
    messages = messages_for(lang)
    rows = [
        html.row(
            [
                html.cell(html.text(column["column"]), NAME, scope="row"),
                html.cell(html.text(_meaning(column, messages)), CELL),
                html.cell(html.text(column["filled"]), COUNT),
                html.cell(html.text(", ".join(column["samples"])), CELL),
            ]
        )
        for column in data["columns"][:MAX_ROWS]
    ]
    heads = [(messages["import.column"], WORD), (messages["import.meaning"], WORD), (messages["import.filled"], COUNT)]
    heads.append((messages["import.samples"], WORD))
    caption, count, placeholder = messages["import.columns"], len(data["columns"]), messages["import.no_column"]
    parts = [html.section(caption, heads, rows, count, placeholder, messages)]
    if data["samples"]:
        words = messages["import.encoding_words"].format(words=", ".join(data["samples"]))
        parts.append(html.paragraph(html.text(words)))
    if data["questions"]:
        parts.append(_question_section(data["questions"], lang, names))
    return html.page(lang, [*parts, *_recognized(data["recognized"], messages)])


def render_export(data: Mapping[str, Any], lang: str, names: Mapping[str, str]) -> str:
    """Renders the names of the files of an export, and what they lack."""
    messages = messages_for(lang)
    files = [html.text(file["name"]) for file in data["files"]]
    summary = messages["import.exported"].format(records=data["report"]["records"])
    notes = _note_rows(data["report"]["notes"], messages)
    section = html.section(messages["import.lacks"], _note_heads(messages), notes, len(notes), messages["import.lacks_nothing"], messages)
    return html.page(lang, [html.paragraph(html.text(summary), strong=True), html.paragraph(html.lines(files)), section])


# Parts.


def _summary(report: Mapping[str, Any], messages: Mapping[str, str]) -> Html:
    summary = messages["import.summary"].format(questions=report["questions"], **report["records"])
    return html.paragraph(html.text(summary), strong=True)


def _note_sections(report: Mapping[str, Any], sections: Sequence[str], lang: str) -> list[Html]:
    messages = messages_for(lang)
    found: list[Html] = []
    for section in sections:
        notes: Sequence[Mapping[str, Any]] = report[section]
        if notes:
            title, rows = label_of_import("section", section, messages), _note_rows(notes, messages)
            caption = title[:1].upper() + title[1:]
            found.append(html.section(caption, _note_heads(messages), rows, len(notes), "", messages))
    return found


def _note_heads(messages: Mapping[str, str]) -> list[tuple[str, str]]:
    heads = [(messages["import.note"], WORD), (messages["import.count"], COUNT)]
    return [*heads, (messages["import.column"], WORD), (messages["import.at"], WORD)]


def _note_rows(notes: Sequence[Mapping[str, Any]], messages: Mapping[str, str]) -> list[Html]:
    """Returns the rows of the most frequent notes."""
    return [
        html.row(
            [
                html.cell(html.text(label_of_import("note", note["code"], messages)), NAME, scope="row"),
                html.cell(html.text(note["count"]), COUNT),
                html.cell(html.text(_about(note, messages)), CELL),
                html.cell(html.text(_positions(note["at"], messages)), CELL),
            ]
        )
        for note in sorted(notes, key=lambda note: -note["count"])[:MAX_ROWS]
    ]


def _question_section(questions: Sequence[Mapping[str, Any]], lang: str, names: Mapping[str, str]) -> Html:
    messages = messages_for(lang)
    rows = [
        html.row(
            [
                html.cell(_word(question, messages), NAME, scope="row"),
                html.cell(html.text(label_of_import("word_kind", question["kind"], messages)), WORD),
                html.cell(html.text(question["count"]), COUNT),
                html.cell(html.text(", ".join(question["columns"])), CELL),
                html.cell(html.text(label_of_import("why", question["why"], messages)), WORD),
                html.cell(_candidates(question, names), CELL),
                html.cell(html.identifier(question["id"]), CELL),
            ]
        )
        for question in questions[:MAX_ROWS]
    ]
    heads = [(messages["import.word"], WORD), (messages["import.kind"], WORD), (messages["import.count"], COUNT)]
    heads += [(messages["import.column"], WORD), (messages["field.reason"], WORD), (messages["import.candidates"], WORD)]
    heads.append(("id", WORD))
    title = label_of_import("section", "questions", messages)
    caption, placeholder = title[:1].upper() + title[1:], messages["import.no_question"]
    return html.section(caption, heads, rows, len(questions), placeholder, messages)


def _how_to_answer(messages: Mapping[str, str]) -> Html:
    return html.paragraph(html.text(messages["import.how_to_answer"]))


def _word(question: Mapping[str, Any], messages: Mapping[str, str]) -> Html:
    if question["text"] is not None:
        return html.identifier(question["text"])
    return html.faint(f"{messages['import.withheld']} ({_positions(question['at'], messages)})")


def _candidates(question: Mapping[str, Any], names: Mapping[str, str]) -> Html:
    """Returns the values that may be meant, each with its name."""
    found: list[Html] = []
    for index, candidate in enumerate(question["candidates"]):
        value, name = html.code(repr(candidate)), names.get(f"{question['id']}#{index}")
        found.append(value if name is None else Html(f"{html.text(name)} {value}"))
    return html.lines(found)


def _column_section(columns: Sequence[Mapping[str, Any]], messages: Mapping[str, str]) -> Html:
    rows: list[Html] = []
    # The columns that are read, then the others.
    ordered = sorted(columns, key=lambda column: column["use"] != "read")
    for column in ordered[:MAX_ROWS]:
        cells = [
            html.cell(html.text(column["column"]), NAME, scope="row"),
            html.cell(html.text(_meaning(column, messages)), CELL),
            html.cell(html.text(column["filled"]), COUNT),
        ]
        if column["use"] == "read":
            understood = column["understood"] + column["assumed"] + column["no_value"]
            bar = html.bar(understood, column["parts"], column["parts"], html.BLUE) if column["parts"] else Html("")
            label = messages["part_of"].format(part=understood, all=column["parts"])
            cells.append(html.cell(Html(bar + html.text(label)), SHORT))
            cells += [html.cell(html.text(column[key]), COUNT) for key in ("assumed", "asked", "lost")]
        else:
            cells.append(html.cell(Html(""), CELL, columns=4))
        rows.append(html.row(cells))
    heads = [(messages["import.column"], WORD), (messages["import.meaning"], WORD), (messages["import.filled"], COUNT)]
    heads.append((messages["import.understood"], WORD))
    heads += [(messages[f"import.{key}"], COUNT) for key in ("assumed", "asked", "lost")]
    return html.section(messages["import.columns"], heads, rows, len(columns), messages["import.no_column"], messages)


def _meaning(column: Mapping[str, Any], messages: Mapping[str, str]) -> str:
    """Returns the labels of the fields of a column, or how it is used."""
    fields = column["fields"] if "fields" in column else filter(None, [column["field"]])
    labels = ", ".join(label_of_import("field", field, messages) for field in fields)
    if column["use"] != "read" or not labels:
        return label_of_import("use", column["use"], messages)
    return labels if column.get("sure", True) else f"{labels}?"


def _recognized(recognized: Mapping[str, Any], messages: Mapping[str, str]) -> list[Html]:
    by = {"own": "import.by_mapping", "sketch": "import.by_sketch"}.get(recognized["mapping"], "import.by_built_in")
    files = [html.text(_file(file, messages)) for file in recognized["files"]]
    return [html.paragraph(html.lines([*files, html.text(messages[by].format(name=recognized["mapping"]))]))]


def _file(file: Mapping[str, Any], messages: Mapping[str, str]) -> str:
    """Returns a line such as `list.csv: csv, windows-1252, ";", header in row 1`."""
    delimiter = file.get("delimiter")
    header = file.get("header")
    facts = [
        file["format"],
        file.get("encoding"),
        None if delimiter is None else f'"{delimiter}"' if delimiter.strip() else "tab",
        file.get("sheet"),
        None if header is None else messages["import.header"].format(row=header),
    ]
    return f"{file['name']}: {', '.join(fact for fact in facts if fact)}"


def _licence(report: Mapping[str, Any], messages: Mapping[str, str]) -> list[Html]:
    label = label_of_import("section", "licence", messages)
    return [html.paragraph(html.text(f"{label}: {licence}")) for licence in report["licence"]]


def _about(note: Mapping[str, Any], messages: Mapping[str, str]) -> str:
    field = note.get("field")
    return note.get("column") or ("" if field is None else label_of_import("field", field, messages))


def _positions(at: Sequence[str], messages: Mapping[str, str]) -> str:
    more = ["…"] if len(at) > MAX_POSITIONS else []
    return ", ".join([*(format_position(position, messages) for position in at[:MAX_POSITIONS]), *more])
