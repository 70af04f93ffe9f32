"""Sources of an import: paths, bytes, open files and tables, each a name with its content."""

from __future__ import annotations

import datetime
import enum
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from numbers import Rational
from typing import Any, TypeAlias, cast

from lotse._arrow import MAX_DEPTH, is_pandas_frame

# The names of columns, and the cells of each.
_Columns: TypeAlias = tuple[list[str], list[list[Any]]]

NO_NAME = re.compile(r"(?:Unnamed: \d+(?:_level_\d+)?|__UNNAMED__\d+)")
"""The names that pandas and Polars give to columns of a spreadsheet that have none."""

MAX_DIGITS = 64
"""The maximum of digits of a whole number that is written as a decimal one; databases have 38."""

NO_PATH = re.compile(r"[\n\0]")
"""What a text has that is not a path."""


def read(source: Any, /) -> list[tuple[str, Any]]:
    """Returns the files of a source: each a name, and bytes, columns of cells, or an object with the Arrow interface.

    Raises `OSError` if a file cannot be read. Any other object is returned as it is, for an error with a remedy.
    """
    files: list[tuple[str, Any]] = []
    names: dict[str, int] = {}
    for name, content in _files(source):
        # A source without a name gets one, because messages and prefixes of ids have it; for the same reason each has its own.
        name = name or ("data" if isinstance(content, bytes) else "table")
        names[name] = count = names.get(name, 0) + 1
        stem, ending = os.path.splitext(name)
        files.append((name if count == 1 else f"{stem}-{count}{ending}", content))
    return files


def _files(source: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(source, (list, tuple)):
        for item in cast(Sequence[Any], source):
            # A list in a list is no source.
            yield from [("", item)] if isinstance(item, (list, tuple)) else _files(item)
    elif isinstance(source, Mapping):
        for name, item in cast(Mapping[Any, Any], source).items():
            for _, content in _files(item):
                yield str(name), content
    elif isinstance(source, os.PathLike) or (isinstance(source, str) and _is_path(source)):
        yield from _from_path(cast(Any, source))
    elif isinstance(source, (bytes, bytearray, memoryview)):
        yield "", bytes(source)
    elif _is_frame_of(source, "narwhals"):
        yield from _files(source.to_native())
    elif is_pandas_frame(source):
        yield "", _from_pandas(source)
    elif _is_frame_of(source, "polars"):
        yield "", _without_generated_names(source)
    elif hasattr(source, "read") and not hasattr(source, "__arrow_c_stream__"):
        yield _name_of(source), _read(source)
    elif isinstance(source, Iterator) and not hasattr(source, "__arrow_c_stream__"):
        # Such as the matches of a pattern in a folder.
        yield from _files(list(cast(Iterator[Any], source)))
    else:
        # `None` is text of another encoding.
        yield "", False if source is None else source


# Files.


def _is_path(text: str) -> bool:
    """Returns whether a text may be a path: one line, of letters that the system can have in a name."""
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return False
    return NO_PATH.search(text) is None


def _from_path(path: str | os.PathLike[Any]) -> Iterator[tuple[str, Any]]:
    """Returns a file, or the files of a folder, in the order of their names. A folder in it is skipped."""
    path = os.fsdecode(path)
    if not os.path.isdir(path):
        yield os.path.basename(path), _read_file(path)
        return
    for entry in sorted(os.scandir(path), key=lambda entry: entry.name):
        # Lists of folders and locks of offices are no data.
        if entry.is_file() and not entry.name.startswith((".", "~$")):
            yield entry.name, _read_file(entry.path)


def _read_file(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _name_of(file: Any) -> str:
    name = getattr(file, "name", None)
    # A file without a path has the number of its descriptor.
    return os.path.basename(os.fsdecode(name)) if isinstance(name, (str, bytes, os.PathLike)) else ""


def _read(file: Any) -> Any:
    """Returns the bytes of an open file, or `None` for text of another encoding than that with which it was opened.

    Returns `False` for anything else that it reads.
    """
    try:
        content = file.read()
    except UnicodeDecodeError:
        # The import recognizes the encoding. Python's error would repeat the text.
        buffer = getattr(file, "buffer", None)
        if buffer is None or not buffer.seekable():
            return None
        buffer.seek(0)
        content = buffer.read()
    if isinstance(content, str):
        # With `surrogateescape`, a text has the bytes of which it was decoded.
        with suppress(UnicodeEncodeError):
            return content.encode("utf-8", "surrogateescape")
        return content.encode("utf-8", "backslashreplace")
    # Not of an int, which would be its length.
    return bytes(content) if isinstance(content, (bytes, bytearray, memoryview)) else False


# Tables.


def _is_frame_of(thing: Any, library: str) -> bool:
    frame = getattr(sys.modules.get(library), "DataFrame", None)
    return frame is not None and isinstance(thing, frame)


def _without_generated_names(frame: Any) -> Any:
    generated = [name for name in frame.columns if NO_NAME.fullmatch(name)]
    # Two columns of a frame cannot have the same name, so that blanks distinguish them.
    return frame.rename({name: " " * count for count, name in enumerate(generated)}) if generated else frame


def _from_pandas(frame: Any) -> _Columns:
    """Returns the columns of a frame, also of mixed types, which Arrow does not have. Levels of the index with a name come first."""
    index = [(name, frame.index.get_level_values(level)) for level, name in enumerate(frame.index.names) if name is not None]
    labels = list(frame.columns)
    if labels == list(range(len(labels))):
        # A table without a header.
        labels = [str(number) for number in range(1, len(labels) + 1)]
    columns = [*index, *((label, frame.iloc[:, position]) for position, label in enumerate(labels))]
    return [_header(label) for label, _ in columns], [_cells(column.tolist()) for _, column in columns]


def _header(label: Any) -> str:
    """Returns the name of a column; empty if it has none."""
    if isinstance(label, tuple):
        # Two rows of headings.
        return " ".join(filter(None, map(_header, cast(Iterable[Any], label))))
    text = "" if label is None or label != label else str(_cell(label))
    return "" if NO_NAME.fullmatch(text) else text


def _cells(column: list[Any]) -> list[Any]:
    return [cell if type(cell) is str else _cell(cell) for cell in column]


def _cell(cell: Any, depth: int = 0) -> Any:
    """Returns a cell as plain data; one of a type that is nothing like it as its text."""
    if depth > MAX_DEPTH:
        # A list may contain itself.
        return None
    if isinstance(cell, str):
        return _unicode(cell)
    if cell is None or isinstance(cell, (bool, float)):
        return cell
    if isinstance(cell, int):
        # The import has whole numbers of 64 bits; those beyond are keys.
        if -(2**63) <= cell < 2**63:
            return cell
        # Python writes no decimal number of thousands of digits.
        return str(cell) if abs(cell) < 10**MAX_DIGITS else hex(cell)
    if isinstance(cell, datetime.date):
        # Also a time, and `NaT`.
        return None if cell != cell else cell.isoformat()[:10]
    if isinstance(cell, (set, frozenset)):
        # Its order differs from run to run.
        cell = sorted(cast(Iterable[Any], cell), key=str)
    if isinstance(cell, (list, tuple)):
        return [_cell(item, depth + 1) for item in cast(Iterable[Any], cell)]
    if isinstance(cell, Mapping):
        return {str(key): _cell(value, depth + 1) for key, value in cast(Mapping[Any, Any], cell).items()}
    if type(cell).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(cell, (bytes, bytearray)):
        # As files of SAS have text.
        return _of_bytes(bytes(cell))
    if isinstance(cell, enum.Enum):
        return _cell(cell.value, depth + 1)
    plain = getattr(_with_days(cell), "tolist", None)
    if plain is not None:
        # Arrays and numbers of NumPy.
        return _cell(plain(), depth + 1)
    return _number(cell) if isinstance(cell, (Rational, Decimal)) else _unicode(str(cell))


def _unicode(text: str) -> str:
    """Returns a text with an escape for each lone surrogate, which no text of Unicode has."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _of_bytes(cell: bytes) -> str:
    try:
        return cell.decode("utf-8")
    except UnicodeDecodeError:
        return cell.decode("cp1252", "backslashreplace")


def _number(cell: Any) -> Any:
    """Returns an exact number as an integer if it is whole, because databases have keys of this type, else as a float."""
    if isinstance(cell, Decimal) and not cell.is_finite():
        return None if cell.is_nan() else str(cell)
    # An exponent such as that of 1E+999999 would be written out.
    if isinstance(cell, Decimal) and cell.adjusted() > MAX_DIGITS:
        return str(cell)
    whole = int(cell)
    if whole == cell:
        return _cell(whole)
    try:
        return float(cell)
    except OverflowError:
        return "inf"


def _with_days(cell: Any) -> Any:
    """Returns times of NumPy with the precision of a day, because times of nanoseconds would become numbers."""
    kind = getattr(getattr(cell, "dtype", None), "kind", None)
    return cell.astype({"M": "datetime64[D]", "m": "timedelta64[us]"}[kind]) if kind in ("M", "m") else cell
