"""Records from files, and JSON in files."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lotse._lotse import decode_needs, decode_offers

if TYPE_CHECKING:
    from lotse._lotse import Need, Offer


def read_offers(source: Any, /) -> list[Offer]:
    """Reads offers from a file of JSON, or of one JSON object on each line (NDJSON).

    `source` is a path, an open file, or a table (any object with the Arrow PyCapsule interface, such as
    `polars.read_csv("offers.csv")`), whose columns may be flat: `languages` as `de;prs:interpreter`, `capacity.free`.

    Raises `lotse.Error` with all errors, and `OSError` if the file cannot be read. Codes are looked up by a matcher,
    and by `lotse.check`.

    >>> import io, lotse
    >>> lotse.read_offers(io.StringIO('[{"id": "o-1", "languages": ["de"]}]'))
    [Offer(id='o-1', ...)]
    """
    return decode_offers(read_source(source))


def read_needs(source: Any, /) -> list[Need]:
    """Reads needs from a file of JSON, or of one JSON object on each line (NDJSON).

    `source` is that of `read_offers`. An error has the path in the input, but no value of a need.

    >>> import io, lotse
    >>> lotse.read_needs(io.StringIO('[{"id": "n-1", "languages": ["uk"]}]'))
    [Need(id='n-1', ...)]
    """
    return decode_needs(read_source(source))


def read_source(source: Any, /) -> Any:
    """Returns the text of a file, or a source that is no file as it is."""
    if isinstance(source, (str, os.PathLike)):
        with open(source, encoding="utf-8-sig") as file:
            return _read_text(file.read)
    if hasattr(source, "read") and not hasattr(source, "__arrow_c_stream__"):
        return _read_text(source.read)
    return source


def _read_text(read: Any) -> str:
    try:
        text = read()
        # Not the bytes of an int, which would be its length.
        return text if isinstance(text, str) else bytes(memoryview(text)).decode("utf-8-sig")
    except UnicodeDecodeError:
        # Python's error would repeat the text. This character makes the core report that it is not JSON.
        return "\N{REPLACEMENT CHARACTER}"


def json_text(source: Any, /) -> str:
    """Returns JSON text: the source if it is such a text, or the content of the file at a path."""
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return source
    if isinstance(source, (str, os.PathLike)):
        return read_source(source)
    # No JSON, so that the core reports an error.
    return "\N{REPLACEMENT CHARACTER}"


def write_json(path: Any, data: Any, /) -> None:
    """Writes data as JSON that people read."""
    write_text(path, json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def write_text(path: Any, text: str, /) -> None:
    """Writes a file at once: a reader sees the old content or the new one, and a failure leaves the old one."""
    path = os.fspath(path)
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "x", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(temporary, path)
    finally:
        if os.path.exists(temporary):
            os.remove(temporary)


def write_files(folder: Any, files: Mapping[str, str], /) -> None:
    """Writes files to a folder, which is created if it does not exist."""
    os.makedirs(folder, exist_ok=True)
    for name, text in files.items():
        write_text(os.path.join(os.fspath(folder), name), text)
