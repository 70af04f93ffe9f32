"""Checks of Arrow tables before their import, by the library that has their buffers."""

from __future__ import annotations

import sys
from typing import Any

MAX_DEPTH = 16
"""The maximum of nested types, as of nested lists and dicts."""


def validate(table: Any, /) -> Any:
    """Returns a table that can be imported, or raises an exception.

    The Arrow PyCapsule interface does not pass on how long a buffer is, so a last offset beyond its end is noticed here or
    nowhere. pyarrow checks no file that it reads, and pandas keeps the columns of pyarrow. All other data are checked after
    the import. Tables of other libraries pass through pyarrow if it is loaded, because its import refuses types that nest too
    deep.
    """
    pyarrow: Any = sys.modules.get("pyarrow")
    if pyarrow is None:
        return table
    frame = getattr(sys.modules.get("pandas"), "DataFrame", None)
    if frame is not None and isinstance(table, frame):
        # As its own Arrow interface does.
        table = pyarrow.Table.from_pandas(table)
    if not isinstance(table, (pyarrow.Table, pyarrow.RecordBatch, pyarrow.Array, pyarrow.ChunkedArray)):
        try:
            table = _imported(pyarrow, table)
        except (AttributeError, NotImplementedError):
            # An older pyarrow does not know the interface, or not all types.
            return table
    table.validate()
    _check_depth(pyarrow, table.schema.types if hasattr(table, "schema") else [table.type])
    return table


def _imported(pyarrow: Any, table: Any) -> Any:
    """Returns a table of another library, or all batches of a reader, as one of pyarrow."""
    if isinstance(table, pyarrow.RecordBatchReader):
        return table.read_all()
    if hasattr(table, "__arrow_c_stream__"):
        return pyarrow.RecordBatchReader.from_stream(table).read_all()
    return pyarrow.record_batch(table)


def _check_depth(pyarrow: Any, types: list[Any]) -> None:
    """Raises an exception if types nest too deep: the import calls itself for each level, and overflows the stack."""
    for _ in range(MAX_DEPTH):
        fields = (kind.field(index).type for kind in types for index in range(kind.num_fields))
        values = (kind.value_type for kind in types if pyarrow.types.is_dictionary(kind))
        storage = (kind.storage_type for kind in types if isinstance(kind, pyarrow.BaseExtensionType))
        types = [*fields, *values, *storage]
    if types:
        raise ValueError("types nest too deep")
