"""HTML elements of notebook output, each a function with the name of the element or of its role.

Ids, names and codes come from files that others wrote, so only `text` turns data into HTML. There is no script, no
external resource and no fixed black or white: a notebook may be light or dark.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final


class Html(str):
    """Markup that is safe to join. It is a type of its own, so that a type checker finds text that is not escaped."""

    __slots__ = ()


MAX_ROWS: Final = 50
"""The maximum of rows in one table, because thousands would make a notebook unreadable."""

SHORT_TEXT: Final = 24
"""The maximum of characters in a text that breaks nowhere."""

TABLE: Final = "border-collapse:collapse;margin:.4em 0 1em;color:inherit;max-width:100%"
# A narrow page scrolls the table only, and cuts nothing.
SCROLL: Final = "overflow-x:auto;max-width:100%"
CAPTION: Final = "caption-side:top;text-align:left;font-weight:bold;padding:.2em 0;color:inherit"
CELL: Final = (
    "text-align:left;vertical-align:top;padding:.2em .6em;border-top:1px solid rgba(128,128,128,.35);"
    "white-space:normal;overflow-wrap:anywhere"
)
# Headings and short words break between words only.
WORD: Final = CELL.replace("anywhere", "normal")
COUNT: Final = WORD.replace("left", "right") + ";font-variant-numeric:tabular-nums;white-space:nowrap"
# A long id breaks anywhere, a usual one nowhere.
ID: Final = CELL + ";min-width:4em"
# A name: as wide as most words, so that these do not break between any two letters.
NAME: Final = CELL + ";min-width:10em;hyphens:auto"
# A bar with its number, a finding of two words.
SHORT: Final = WORD + ";white-space:nowrap"
STRONG_BORDER: Final = ";border-top:2px solid rgba(128,128,128,.7)"
FAINT: Final = "opacity:.7"
# Both fills have a contrast of 3:1 on white and on near black; a word or number next to them says the same.
BLUE: Final = "#3a87c8"
ORANGE: Final = "#d0701c"


def text(value: Any) -> Html:
    """Escapes a value."""
    return Html(escape(str(value), quote=True))


def identifier(value: Any) -> Html:
    """Escapes and isolates an id: it may be written from right to left and must not reorder its neighbours."""
    return Html(f"<bdi>{text(value)}</bdi>")


def isolate(value: str) -> str:
    """Isolates a part of a sentence like `identifier`, by characters, for sentences that are escaped as a whole."""
    return f"\N{FIRST STRONG ISOLATE}{value}\N{POP DIRECTIONAL ISOLATE}"


def offer(value: Any, names: Mapping[str, str]) -> Html:
    """Returns the name of an offer with its id, or the id if it has no name."""
    if value not in names:
        return identifier(value)
    # A usual id breaks nowhere, a long one anywhere.
    style = f"{FAINT};white-space:nowrap" if len(str(value)) <= SHORT_TEXT else FAINT
    return Html(f'{identifier(names[value])} <span style="{style}">{identifier(value)}</span>')


def name(value: Mapping[str, Any] | None, default: str) -> Html:
    """Returns the name of a code, or faintly the default for `None`."""
    return faint(default) if value is None else text(value["name"])


def faint(value: Any) -> Html:
    """Sets a text in the background."""
    return Html(f'<span style="{FAINT}">{text(value)}</span>')


def code(value: str) -> Html:
    """Sets a code in the background. It may break after its dots and underscores."""
    parts = text(value).replace(".", ".<wbr>").replace("_", "_<wbr>")
    return Html(f'<span style="{FAINT};font-weight:normal">{parts}</span>')


def fill(message: str, **parts: Html) -> Html:
    """Escapes a message and fills it with parts that are HTML."""
    return Html(escape(message, quote=True).format(**parts))


def lines(items: Iterable[Html]) -> Html:
    """Sets each item on a line."""
    return Html("<br>".join(items))


def paragraph(content: Html, *, strong: bool = False) -> Html:
    """Returns a paragraph."""
    weight = ";font-weight:bold" if strong else ""
    return Html(f'<p style="margin:.3em 0;color:inherit{weight}">{content}</p>')


def bar(part: float, whole: float, widest: float, colour: str) -> Html:
    """Draws `part` of `whole`; `widest` fills the width. Screen readers skip it, because the number is next to it."""
    width, filled = _percent(whole, widest), _percent(part, whole)
    return Html(
        '<span aria-hidden="true" style="display:inline-block;width:6em;height:.7em;margin-right:.5em">'
        f'<span style="display:block;width:{width}%;height:100%;background:rgba(128,128,128,.3)">'
        f'<span style="display:block;width:{filled}%;height:100%;background:{colour}"></span></span></span>'
    )


def _percent(part: float, whole: float) -> str:
    ratio = float(part) / float(whole) if whole > 0 else 0.0
    return f"{100 * min(max(ratio, 0.0), 1.0):.1f}"


def cell(content: Html, style: str, *, scope: str = "", rows: int = 1, columns: int = 1) -> Html:
    """Returns a cell of a table, which is a heading if it has a scope."""
    spans = (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{columns}"' if columns > 1 else "")
    if scope:
        return Html(f'<th scope="{scope}"{spans} style="{style}">{content}</th>')
    return Html(f'<td{spans} style="{style}">{content}</td>')


def row(cells: Iterable[Html]) -> Html:
    """Returns a row of a table."""
    return Html(f"<tr>{''.join(cells)}</tr>")


def body(rows: Iterable[Html]) -> Html:
    """Returns a group of rows."""
    return Html(f"<tbody>{''.join(rows)}</tbody>")


def more_rows(count: int, messages: Mapping[str, str]) -> str:
    """Returns the number of rows left out as a message; empty if there are none."""
    return messages["more_rows"].format(more=count - MAX_ROWS) if count > MAX_ROWS else ""


def table(
    caption: Html, heads: Sequence[tuple[str, str]], bodies: Sequence[Html], more: str = "", foot: Html | None = None
) -> Html:
    """Returns a table. `heads` are the texts and styles of the columns; `more` and `foot` follow the rows."""
    # Headings break between words also above numbers, which keeps columns narrow.
    head = row([cell(text(label), style.replace("nowrap", "normal"), scope="col") for label, style in heads])
    rest = row([cell(text(more), CELL, columns=len(heads))]) if more else ""
    end = f"<tfoot>{rest}{foot or ''}</tfoot>" if rest or foot else ""
    return Html(
        f'<div style="{SCROLL}"><table style="{TABLE}"><caption style="{CAPTION}">{caption}</caption>'
        f"<thead>{head}</thead>{''.join(bodies)}{end}</table></div>"
    )


def empty(caption: Html, sentence: str) -> Html:
    """Returns the replacement for a table without rows."""
    return Html(f'<p style="margin:.4em 0 1em;color:inherit"><b>{caption}</b><br>{text(sentence)}</p>')


def section(
    caption: str,
    heads: Sequence[tuple[str, str]],
    rows: Sequence[Html],
    count: int,
    placeholder: str,
    messages: Mapping[str, str],
) -> Html:
    """Returns a table of the first of `count` rows, or the placeholder if there are none."""
    if not rows:
        return empty(text(caption), placeholder)
    return table(text(caption), heads, [body(rows)], more_rows(count, messages))


def page(lang: str, parts: Iterable[Html]) -> str:
    """Joins the parts of a result."""
    return f'<div lang="{text(lang)}">{"".join(parts)}</div>'
