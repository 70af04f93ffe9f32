"""Sources of an import: paths, bytes, open files and tables, each a name with its content."""

from __future__ import annotations

import datetime
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, cast

from lotse._arrow import MAX_DEPTH, is_pandas_frame

# The names of columns, and the cells of each.
_Columns: TypeAlias = tuple[list[str], list[list[Any]]]

NO_NAME = re.compile(r"(?:Unnamed: \d+(?:_level_\d+)?|__UNNAMED__\d+)")
"""The names that pandas and Polars give to columns of a spreadsheet that have none."""


def read(source: Any, /) -> list[tuple[str, Any]]:
    """Returns the files of a source: each a name, and bytes, columns of cells, or an object with the Arrow interface.

    Raises `OSError` if a file cannot be read. Any other object is returned as it is, for an error with a remedy.
    """
    files: list[tuple[str, Any]] = []
    names: dict[str, int] = {}
    for name, content in _files(source):
        if isinstance(content, bytes) and name:
            files.append((name, content))
            continue
        # A source without a name gets one, because messages and prefixes of ids have it.
        name = name or ("table" if not isinstance(content, bytes) else "data")
        names[name] = count = names.get(name, 0) + 1
        files.append((name if count == 1 else f"{name}-{count}", content))
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
    elif isinstance(source, os.PathLike) or (isinstance(source, str) and "\n" not in source):
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
    else:
        yield "", source


# Files.


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


def _read(file: Any) -> bytes | None:
    """Returns the bytes of an open file, or `None` for text of another encoding than that with which it was opened."""
    try:
        content = file.read()
    except UnicodeDecodeError:
        # The import recognizes the encoding. Python's error would repeat the text.
        buffer = getattr(file, "buffer", None)
        if buffer is None or not buffer.seekable():
            return None
        buffer.seek(0)
        content = buffer.read()
    return content.encode("utf-8", "replace") if isinstance(content, str) else bytes(content)


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
    if cell is None or isinstance(cell, (str, bool, float)):
        return cell
    if isinstance(cell, int):
        # The import has whole numbers of 64 bits; those beyond are keys.
        return cell if -(2**63) <= cell < 2**63 else str(cell)
    if isinstance(cell, datetime.date):
        # Also a time, and `NaT`.
        return None if cell != cell else cell.isoformat()[:10]
    if isinstance(cell, (list, tuple, set, frozenset)):
        return [_cell(item, depth + 1) for item in cast(Iterable[Any], cell)]
    if isinstance(cell, Mapping):
        return {str(key): _cell(value, depth + 1) for key, value in cast(Mapping[Any, Any], cell).items()}
    if type(cell).__name__ in ("NAType", "NaTType"):
        return None
    plain = getattr(cell, "tolist", None)
    if plain is not None:
        # Arrays and numbers of NumPy.
        return _cell(plain(), depth + 1)
    number = getattr(cell, "as_integer_ratio", None)
    return float(cell) if number is not None else str(cell)
