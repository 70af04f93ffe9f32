"""Imports of foreign files: the lists of offices and public directories."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from lotse._lotse import Imported, Sketch, import_records, sketch_records

if TYPE_CHECKING:
    import datetime

    from lotse import _lotse, types

    _DateLike: TypeAlias = datetime.date | str
    _Json: TypeAlias = str | os.PathLike[str]
    _MappingLike: TypeAlias = _lotse.Mapping | types.MappingFile | Mapping[str, Any] | _Json
    _Answers: TypeAlias = Mapping[str, Any] | Iterable[types.Question] | _Json
    _Postcodes: TypeAlias = Mapping[str, str | Sequence[str]]


def import_offers(
    source: Any,
    /,
    *,
    mapping: _MappingLike | None = None,
    within: str | None = None,
    as_of: _DateLike | None = None,
    answers: _Answers | None = None,
    previous: Any = None,
    strict: bool = False,
    progress: bool = False,
    format: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    prefix: str | None = None,
    postcodes: _Postcodes | None = None,
    vocabulary: Any = None,
    lang: types.Lang = "en",
) -> Imported:
    """Imports offers from the list of an office or from a public directory.

    `source` is the path of a file or a folder, bytes, an open file, a data frame or an Arrow table, a dict from names of files to these,
    or a list of these. Formats are CSV, spreadsheets (xlsx, ods), HSDS, Open Referral UK, data-inclusion, AIRS, OpenStreetMap,
    FHIR, and archives of these. Encodings, delimiters and headers are recognized. The columns of a frame may have any names; a whole
    float is an integer, NaN and null are empty, the items of a list are parts, and a time is its day.

    - `mapping`: a `Mapping`, a dict, JSON text, a path, or the name of a built-in mapping; without it the format or the header decides
    - `within`: a region such as `14`, which narrows ambiguous regions, and is the meaning of *landesweit*
    - `as_of`: the day of the import, a date or a text such as `2026-11-29`; defaults to today
    - `answers`: answers to questions of an earlier import, as for `Imported.answer`
    - `previous`: the offers of an earlier import, for `report.changes`; a capacity that the source lacks is kept
    - `strict`: open questions, unmentioned columns and records that are left out are errors
    - `progress`: shows a bar (needs tqdm); Ctrl-C cancels an import
    - `format` (`table`, `hsds3`, …), `encoding`, `delimiter`, `sheet`: those of the files, instead of what is recognized
    - `prefix`: a text before each id; `postcodes`: the regions of postcodes; `vocabulary`: that of a `Matcher`; `lang`: the display language

    Nothing is guessed: a word with several meanings is a question, and absent from the record until it is answered. Raises
    `lotse.Error` with all errors, and `OSError` if a file cannot be read.

    >>> import lotse
    >>> imported = lotse.import_offers("Nr;Träger;Sprachen\\n1;Beratung Elbe;dt., Dari\\n".encode("cp1252"))
    >>> [language["tag"] for language in imported.offers[0].languages], len(imported.questions)
    (['de', 'prs'], 0)
    >>> lotse.Matcher(imported.offers).rank({"id": "n-1", "languages": ["prs"]})
    Ranking(need='n-1', 1 matches)
    """
    options = {
        "mapping": mapping, "within": within, "as_of": as_of, "answers": answers, "previous": previous, "strict": strict,
        "progress": progress, "format": format, "encoding": encoding, "delimiter": delimiter, "sheet": sheet,
        "prefix": prefix, "postcodes": postcodes, "vocabulary": vocabulary, "lang": lang,
    }  # fmt: skip
    return import_records("offers", source, options)


def import_needs(
    source: Any,
    /,
    *,
    mapping: _MappingLike | None = None,
    within: str | None = None,
    as_of: _DateLike | None = None,
    answers: _Answers | None = None,
    previous: Any = None,
    strict: bool = False,
    progress: bool = False,
    format: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    prefix: str | None = None,
    postcodes: _Postcodes | None = None,
    vocabulary: Any = None,
    lang: types.Lang = "en",
) -> Imported:
    """Imports needs from the list of an office.

    The arguments are those of `import_offers`; `previous` has needs. Only columns with a field are read: those with names, addresses,
    remarks and the like are `never`, and no report, error or mapping repeats a cell. A word that may identify a person is withheld
    from questions; `Imported.reveal` shows it to the person who has the file.

    >>> import lotse
    >>> imported = lotse.import_needs("Nr;Name;Sprache;Alter\\n7;A. Beispiel;Dari;34\\n".encode(), as_of="2026-11-29")
    >>> imported.needs[0].languages, imported.needs[0].age
    ([{'tag': 'prs'}], 34)
    >>> [column["use"] for column in imported.report.columns]
    ['read', 'never', 'read', 'read']
    """
    options = {
        "mapping": mapping, "within": within, "as_of": as_of, "answers": answers, "previous": previous, "strict": strict,
        "progress": progress, "format": format, "encoding": encoding, "delimiter": delimiter, "sheet": sheet,
        "prefix": prefix, "postcodes": postcodes, "vocabulary": vocabulary, "lang": lang,
    }  # fmt: skip
    return import_records("needs", source, options)


def sketch_mapping(
    source: Any,
    /,
    *,
    records: types.RecordKind = "offers",
    mapping: _MappingLike | None = None,
    within: str | None = None,
    as_of: _DateLike | None = None,
    answers: _Answers | None = None,
    format: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    prefix: str | None = None,
    postcodes: _Postcodes | None = None,
    vocabulary: Any = None,
    lang: types.Lang = "en",
) -> Sketch:
    """Recognizes the format and the columns of a source, without an import.

    `records` is `offers` or `needs`; the other arguments are those of `import_offers`. Its `mapping` can be saved, edited and passed to
    an import.

    >>> import lotse
    >>> sketch = lotse.sketch_mapping("Nr;Name;Sprache\\n7;A. Beispiel;Dari\\n".encode(), records="needs")
    >>> [(column["column"], column["use"]) for column in sketch.columns]
    [('Nr', 'read'), ('Name', 'never'), ('Sprache', 'read')]
    """
    options = {
        "mapping": mapping, "within": within, "as_of": as_of, "answers": answers, "format": format, "encoding": encoding,
        "delimiter": delimiter, "sheet": sheet, "prefix": prefix, "postcodes": postcodes, "vocabulary": vocabulary, "lang": lang,
    }  # fmt: skip
    return sketch_records(records, source, options)
