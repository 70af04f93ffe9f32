"""Tables as input: their checks before the import, by the library that has their buffers, and remedies for what is no table."""

from __future__ import annotations

import datetime
import re
import sys
from importlib import import_module
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
    if is_pandas_frame(table):
        table = _from_pandas(table)
    pyarrow: Any = sys.modules.get("pyarrow")
    if pyarrow is None:
        return _without_null_types(table)
    if not isinstance(table, (pyarrow.Table, pyarrow.RecordBatch, pyarrow.Array, pyarrow.ChunkedArray)):
        try:
            table = _imported(pyarrow, table)
        except (AttributeError, NotImplementedError):
            # An older pyarrow does not know the interface, or not all types.
            return _without_null_types(table)
    table.validate()
    _check_depth(pyarrow, table.schema.types if hasattr(table, "schema") else [table.type])
    return table


def is_pandas_frame(thing: Any, /) -> bool:
    """Returns whether an object is a table although it may lack the Arrow PyCapsule interface, as in older versions of pandas."""
    frame = getattr(sys.modules.get("pandas"), "DataFrame", None)
    return frame is not None and isinstance(thing, frame)


def _from_pandas(frame: Any) -> Any:
    """Returns a frame as a table of pyarrow, which every version of pandas uses for Arrow."""
    # pyarrow has no types. Type checkers accept it if it is imported in this way.
    pyarrow: Any = import_module("pyarrow")
    table = pyarrow.Table.from_pandas(frame)
    # An index without a name, such as that of selected rows, is no field. One with a name is.
    unnamed = [name for name in table.column_names if re.fullmatch(r"__index_level_\d+__", name)]
    return table.drop_columns(unnamed) if unnamed else table


def _without_null_types(table: Any) -> Any:
    """Returns a table of Polars whose empty columns and lists are text.

    Polars exports the type Null with a buffer, which the import refuses. pyarrow accepts it.
    """
    if type(table).__module__.partition(".")[0] == "narwhals":
        table = table.to_native()
    polars: Any = sys.modules.get("polars")
    if polars is None:
        return table
    if isinstance(table, polars.Series):
        kind = _without_null(polars, table.dtype)
        return table if kind == table.dtype else table.cast(kind)
    if isinstance(table, polars.DataFrame):
        kinds = {name: (kind, _without_null(polars, kind)) for name, kind in table.schema.items()}
        casts = {name: new for name, (kind, new) in kinds.items() if new != kind}
        return table.cast(casts) if casts else table
    return table


def _without_null(polars: Any, kind: Any) -> Any:
    if kind == polars.Null:
        return polars.String
    if isinstance(kind, polars.List):
        return polars.List(_without_null(polars, kind.inner))
    if isinstance(kind, polars.Array):
        return polars.Array(_without_null(polars, kind.inner), kind.size)
    if isinstance(kind, polars.Struct):
        return polars.Struct({field.name: _without_null(polars, field.dtype) for field in kind.fields})
    return kind


EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def local_days(zone: str, seconds: list[int | None], /) -> list[int | None]:
    """Returns the days that a clock of a time zone shows at times in UTC, both since the beginning of 1970.

    Raises an exception if the zone is not known.
    """
    clock = _clock(zone)
    return [None if second is None else _local_day(clock, second) for second in seconds]


def _clock(zone: str) -> datetime.tzinfo:
    if zone in ("UTC", "Etc/UTC", "GMT", "Z"):
        return datetime.timezone.utc
    if zone.startswith(("+", "-")):
        offset = datetime.datetime.strptime(zone, "%z").tzinfo
        assert offset is not None
        return offset
    # Loads no data of time zones for the tables that need none.
    from zoneinfo import ZoneInfo

    return ZoneInfo(zone)


def _local_day(clock: datetime.tzinfo, second: int) -> int:
    try:
        local = (EPOCH + datetime.timedelta(seconds=second)).astimezone(clock)
    except OverflowError:
        # Beyond the years 1 to 9999, which no date of a record may be either.
        return second // 86_400
    return local.toordinal() - EPOCH.toordinal()


def remedy(thing: Any, /) -> str | None:
    """Returns what to do with an object of a library that is no table of records, or `None` if it is nothing like one."""
    kind = type(thing)
    has = set(dir(kind))
    remedies = {
        "toArrow": "toArrow() it first, or use lotse.spark.rank",
        "collect": "collect() it first",
        "compute": "compute() it first",
        "to_frame": "one column is no table: pass the whole table",
        "dtype": "an array has no names of fields: pass a table, or a list of dicts",
        "read": "lotse.read_offers and lotse.read_needs read files",
        "offers": "pass its offers or its needs",
        "__fspath__": "lotse.read_offers and lotse.read_needs read files",
    }
    if is_pandas_frame(thing):
        return 'each column needs one type (codes: dtype=str); or pass frame.to_dict("records")'
    if "GroupBy" in kind.__name__:
        return "pass the table itself: the needs of one `group` go to one offer anyway"
    return next((text for name, text in remedies.items() if name in has), None)


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
