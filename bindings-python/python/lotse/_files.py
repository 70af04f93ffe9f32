"""Records from files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from lotse import _lotse

if TYPE_CHECKING:
    from lotse import Need, Offer


def read_offers(source: Any, /) -> list[Offer]:
    """Offers from a file: JSON, or one JSON object after another (NDJSON).

    `source` is a path, an open file, or a table (anything that speaks the Arrow PyCapsule interface, such as
    `polars.read_csv("offers.csv")`), whose columns may be flat: `languages` as `de;prs:interpreter`, `capacity.free`.

    Raises `lotse.Error` with everything that is wrong, and `OSError` where the file cannot be read. Codes are looked up by a
    matcher, and by `lotse.check`.
    """
    return _lotse.offers(_given(source))


def read_needs(source: Any, /) -> list[Need]:
    """Needs from a file: JSON, or one JSON object after another (NDJSON).

    As `read_offers`. An error tells the place in the file, never what a need says.
    """
    return _lotse.needs(_given(source))


def _given(source: Any) -> Any:
    if isinstance(source, (str, os.PathLike)):
        with open(source, encoding="utf-8-sig") as file:
            return _text(file.read)
    if hasattr(source, "read") and not hasattr(source, "__arrow_c_stream__"):
        return _text(source.read)
    return source


def _text(read: Any) -> str:
    try:
        text = read()
        return text if isinstance(text, str) else bytes(text).decode("utf-8-sig")
    except UnicodeDecodeError:
        # What the text is stays untold: the core says that it is no JSON.
        return "\N{REPLACEMENT CHARACTER}"
