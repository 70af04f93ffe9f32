"""Arrow data that are invalid in themselves are an error: no crash, and no byte from beyond a column."""

from __future__ import annotations

import ctypes
import importlib
import struct
from collections.abc import Callable
from typing import Any

import pytest
from junk import Stream
from samples import AS_OF, raised_error

import lotse

pa: Any = importlib.import_module("pyarrow")

MATCHER = lotse.Matcher([{"id": "o-1"}], as_of=AS_OF)
ONE = pa.array(["n-1"])


class Late:
    """A buffer that is written when the table exists, because pyarrow refuses some errors in a new one."""

    pending: list[Late] = []

    def __init__(self, code: str, *values: Any) -> None:
        self.values = struct.pack(f"<{len(values)}{code}", *values)
        self.memory = bytearray(len(self.values))
        self.buffer = pa.py_buffer(self.memory)
        Late.pending.append(self)

    @staticmethod
    def write() -> None:
        while Late.pending:
            buffer = Late.pending.pop()
            buffer.memory[:] = buffer.values


def from_buffers(kind: Any, length: int, buffers: list[Late], *rest: Any, items: Any = None) -> Any:
    all_buffers = [None, *(buffer.buffer for buffer in buffers), *rest]
    return pa.Array.from_buffers(kind, length, all_buffers, children=None if items is None else [items])


def text(data: bytes, *offsets: int) -> Any:
    return from_buffers(pa.string(), len(offsets) - 1, [Late("i", *offsets)], pa.py_buffer(data))


def large_text(data: bytes, *offsets: int) -> Any:
    return from_buffers(pa.large_string(), len(offsets) - 1, [Late("q", *offsets)], pa.py_buffer(data))


def text_view(buffer: int, offset: int, length: int) -> Any:
    view = Late("i", length, 0, buffer, offset)
    return from_buffers(pa.string_view(), 1, [view], pa.py_buffer(b"long and longer"))


def dictionary(index: int) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array([index], pa.int32()), ONE, safe=False)


def list_(*offsets: int, items: Any = ONE) -> Any:
    return from_buffers(pa.list_(items.type), len(offsets) - 1, [Late("i", *offsets)], items=items)


def large_list(*offsets: int) -> Any:
    return from_buffers(pa.large_list(pa.string()), len(offsets) - 1, [Late("q", *offsets)], items=ONE)


def list_view(offset: int, size: int) -> Any:
    return from_buffers(pa.list_view(pa.string()), 1, [Late("i", offset), Late("i", size)], items=ONE)


def large_list_view(offset: int, size: int) -> Any:
    return from_buffers(pa.large_list_view(pa.string()), 1, [Late("q", offset), Late("q", size)], items=ONE)


BAD = text(b"\xff\xfe\xfd", 0, 3)
Late.write()
# Of which the interface of capsules passes on enough to be noticed.
INVALID: dict[str, Callable[[], Any]] = {
    "an offset below 0": lambda: text(b"n-1n-2", 0, -5, 6),
    "a first offset below 0": lambda: text(b"n-1", -5, 3),
    "an offset beyond the last": lambda: text(b"n-1n-2", 0, 100_000_000, 6),
    "falling offsets": lambda: text(b"n-1n-2", 0, 5, 3, 6),
    "a large offset below 0": lambda: large_text(b"n-1n-2", 0, -(2**62), 6),
    "a large offset beyond the last": lambda: large_text(b"n-1n-2", 0, 2**62, 6),
    "an offset within a letter": lambda: text("ää".encode(), 0, 1, 4),
    "text that is not UTF-8": lambda: BAD,
    "large text that is not UTF-8": lambda: large_text(b"\xff", 0, 1),
    "a view beyond its buffer": lambda: text_view(0, 8, 15),
    "a view of no buffer": lambda: text_view(7, 0, 15),
    "a view below 0": lambda: text_view(-1, -1, -15),
    "an index beyond the dictionary": lambda: dictionary(1),
    "an index far beyond the dictionary": lambda: dictionary(2**31 - 1),
    "an index below 0": lambda: dictionary(-1),
    "a dictionary that is not UTF-8": lambda: pa.DictionaryArray.from_arrays(pa.array([0]), BAD, safe=False),
    "a list beyond its items": lambda: list_(0, 5),
    "a list far beyond its items": lambda: list_(0, 2**31 - 1),
    "a list below 0": lambda: list_(-1, 1),
    "a large list beyond its items": lambda: large_list(0, 2**40),
    "a list view beyond its items": lambda: list_view(9, 1),
    "a list view that is too long": lambda: list_view(0, 9),
    "a list view below 0": lambda: list_view(-9, 1),
    "a list view of a size below 0": lambda: list_view(0, -1),
    "a large list view whose end overflows": lambda: large_list_view(2**62, 2**62),
    "a list of invalid text": lambda: list_(0, 1, items=BAD),
    "a field of invalid text": lambda: pa.StructArray.from_arrays([BAD], ["code"]),
    "a list of records of invalid text": lambda: list_(0, 1, items=pa.StructArray.from_arrays([BAD], ["tag"])),
}  # fmt: skip
# Of which only the library that has the buffers knows that they are too short.
SHORT: dict[str, Callable[[], Any]] = {
    "a last offset below 0": lambda: text(b"n-1", 0, -5),
    "an offset beyond the column": lambda: text(b"n-1", 0, 200),
    "an offset far beyond the column": lambda: text(b"n-1", 0, 100_000_000),
    "a large offset beyond the column": lambda: large_text(b"n-1", 0, 2**50),
    "items beyond the column": lambda: list_(0, 1, items=text(b"x", 0, 5_000_000)),
}


def assert_refused(table: Any) -> None:
    calls: dict[str, list[Callable[[], Any]]] = {
        "needs": [
            lambda: lotse.read_needs(table()),
            lambda: lotse.check(needs=table()),
            lambda: MATCHER.rank_table(table()),
            lambda: MATCHER.rank_all(table()),
            lambda: MATCHER.allocate(table()),
            lambda: MATCHER.diagnose_all(table()),
        ],
        "offers": [lambda: lotse.read_offers(table()), lambda: lotse.Matcher(table())],
    }
    for path, sources in calls.items():
        for call in sources:
            error = raised_error(call)
            assert (error.code, error.path) == ("table.type", path)
            assert error.message == "not a valid table of records"


def assert_column_is_refused(create: Callable[[], Any], *, by_capsule: bool) -> None:
    column = create()
    table = pa.table({"id": column, "name": pa.nulls(len(column))})
    [batch] = table.to_batches()
    records = pa.StructArray.from_arrays([column], ["id"])
    Late.write()
    assert_refused(lambda: table)
    assert_refused(lambda: batch)
    assert_refused(table.to_reader)
    assert_refused(lambda: records)
    if by_capsule:
        assert_refused(lambda: Stream(table.__arrow_c_stream__))


@pytest.mark.parametrize("name", INVALID)
def test_invalid_data_are_an_error(name: str) -> None:
    assert_column_is_refused(INVALID[name], by_capsule=True)


@pytest.mark.parametrize("name", SHORT)
def test_short_buffers_are_an_error(name: str) -> None:
    assert_column_is_refused(SHORT[name], by_capsule=False)


@pytest.mark.parametrize("name", ["an offset beyond the column", "text that is not UTF-8", "an offset below 0"])
def test_columns_of_pandas_are_validated(name: str) -> None:
    pandas: Any = importlib.import_module("pandas")
    column = {**INVALID, **SHORT}[name]()
    frame = pandas.DataFrame({"id": pandas.arrays.ArrowExtensionArray(pa.chunked_array([column]))})
    if not hasattr(frame, "__arrow_c_stream__"):
        pytest.skip("this pandas has no Arrow interface")
    Late.write()
    assert_refused(lambda: frame)


def ipc(table: Any, *, stream: bool) -> bytes:
    sink = pa.BufferOutputStream()
    with (pa.ipc.new_stream if stream else pa.ipc.new_file)(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize("stream", [True, False], ids=["stream", "file"])
@pytest.mark.parametrize("offset", [100_000_000, 200, -5])
def test_a_file_with_one_wrong_offset_is_an_error(stream: bool, offset: int) -> None:
    data = ipc(pa.table({"id": ["n-geheim"]}), stream=stream)
    right, wrong = struct.pack("<2i", 0, 8), struct.pack("<2i", 0, offset)
    position = data.rindex(right, 0, data.rindex(b"n-geheim"))
    edited = data[:position] + wrong + data[position + 8 :]

    def opened() -> Any:
        return (pa.ipc.open_stream if stream else pa.ipc.open_file)(edited)

    assert_refused(lambda: opened().read_all())
    if stream:
        assert_refused(opened)


# Capsules that contradict themselves.


class ArrowArray(ctypes.Structure):
    """The structure of the Arrow C data interface."""


ArrowArray._fields_ = [
    ("length", ctypes.c_int64), ("null_count", ctypes.c_int64), ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64), ("n_children", ctypes.c_int64), ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(ArrowArray))), ("dictionary", ctypes.POINTER(ArrowArray)),
    ("release", ctypes.c_void_p), ("private_data", ctypes.c_void_p),
]  # fmt: skip


class Batch:
    """A record batch of which `edit` changes the structure."""

    def __init__(self, edit: Callable[[Any], None]) -> None:
        self.edit = edit

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
        columns = {"id": ["n-1"], "region": pa.array(["14612"]).dictionary_encode(), "roles": [["bereaved"]]}
        schema, capsule = pa.RecordBatch.from_pydict(columns).__arrow_c_array__()
        pointer = ctypes.pythonapi.PyCapsule_GetPointer
        pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
        address = pointer(capsule, b"arrow_array")
        assert address
        self.edit(ArrowArray.from_address(address))
        return schema, capsule


def set_field(name: str, value: Any, *children: int) -> Callable[[Any], None]:
    def edit(structure: Any) -> None:
        for child in children:
            structure = structure.children[child].contents
        setattr(structure, name, value)

    return edit


EDITS: dict[str, Callable[[Any], None]] = {
    "a batch longer than its columns": set_field("length", 5),
    "a batch shorter than nothing": set_field("length", -1),
    "a batch that begins beyond its columns": set_field("offset", 7),
    "a batch that begins below 0": set_field("offset", -7),
    "a length that overflows": set_field("length", 2**63 - 1),
    "a column shorter than the batch": set_field("length", 0, 0),
    "a column of a length below 0": set_field("length", -1, 0),
    "a column without buffers": set_field("n_buffers", 0, 0),
    "a column with too few buffers": set_field("n_buffers", 2, 0),
    "a dictionary without its values": set_field("dictionary", None, 1),
    "a list without its items": set_field("n_children", 0, 2),
    "too few columns": set_field("n_children", 1),
    "items shorter than their list": set_field("length", 0, 2, 0),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_a_structure_that_contradicts_itself_is_an_error(name: str) -> None:
    assert lotse.read_needs(Batch(lambda _: None))[0].region == "14612"
    assert_refused(lambda: Batch(EDITS[name]))


class Reader(ctypes.Structure):
    """The structure of the Arrow C stream interface."""

    _fields_ = [
        ("get_schema", ctypes.c_void_p), ("get_next", ctypes.c_void_p), ("get_last_error", ctypes.c_void_p),
        ("release", ctypes.c_void_p), ("private_data", ctypes.c_void_p),
    ]  # fmt: skip


FAIL = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 22)
NO_ERROR = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(lambda *_: None)


@pytest.mark.parametrize("function", ["get_schema", "get_next"])
def test_a_stream_that_fails_without_a_message_is_an_error(function: str) -> None:
    def create() -> Any:
        capsule = pa.table({"id": ["n-1"]}).__arrow_c_stream__()
        pointer = ctypes.pythonapi.PyCapsule_GetPointer
        pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
        reader = Reader.from_address(pointer(capsule, b"arrow_array_stream") or 0)
        setattr(reader, function, ctypes.cast(FAIL, ctypes.c_void_p).value)
        reader.get_last_error = ctypes.cast(NO_ERROR, ctypes.c_void_p).value
        return capsule

    assert_refused(lambda: Stream(create))


# Names and types that nest.


@pytest.mark.parametrize("name", [".".join(["a"] * 11_100), "." * 60_000, "rules.language.minimum.x"])
def test_a_column_nests_at_most_as_deep_as_a_record(name: str) -> None:
    table = pa.table([["n-1"], ["b"]], names=["id", name])
    for call in (lambda: MATCHER.rank_table(table), lambda: lotse.read_needs(table)):
        error = raised_error(call)
        assert (error.code, error.path.split(".")[0]) == ("need.unknown_field", "needs")
    assert raised_error(lambda: lotse.read_offers(table)).code == "offer.unknown_field"


def nested(kind: str, depth: int) -> Any:
    column = pa.array(["x"])
    for _ in range(depth):
        if kind == "list":
            column = pa.ListArray.from_arrays([0, 1], column)
        else:
            column = pa.StructArray.from_arrays([column], ["code"])
    if kind == "extension":
        column = pa.ExtensionArray.from_storage(Extension(column.type), column)
    return pa.table({"id": ["n-1"], "crime": column})


class Extension(pa.ExtensionType):  # type: ignore[misc]
    def __init__(self, storage: Any) -> None:
        super().__init__(storage, "extension")

    def __arrow_ext_serialize__(self) -> bytes:
        return b""


@pytest.mark.parametrize("depth", [17, 5_000])
@pytest.mark.parametrize("kind", ["list", "struct", "extension"])
def test_a_type_nests_at_most_as_deep_as_dicts_do(kind: str, depth: int) -> None:
    assert_refused(lambda: nested(kind, depth))


@pytest.mark.parametrize("depth", [17, 5_000])
@pytest.mark.parametrize("kind", ["list", "struct"])
def test_a_type_of_another_library_nests_no_deeper(kind: str, depth: int) -> None:
    table = nested(kind, depth)
    assert_refused(lambda: Stream(table.__arrow_c_stream__))


def test_ctrl_c_during_the_check_is_not_taken_for_an_invalid_table() -> None:
    class Interrupted:
        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        lotse.read_needs(Interrupted())
