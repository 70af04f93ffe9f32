"""Imports of foreign files, such as the lists of offices and public directories, and exports."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from lotse._lotse import Exported, Imported, Sketch, export_records, import_records, sketch_records

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


def export_offers(
    offers: Any,
    /,
    *,
    to: Literal["csv", "hsds3"] = "csv",
    package: bool = False,
    with_capacity: bool = False,
    licence: str | None = None,
    as_of: _DateLike | None = None,
    vocabulary: Any = None,
    lang: types.Lang = "en",
) -> Exported:
    """Exports offers as a table for spreadsheets, or as services of the Human Services Data Specification (HSDS) 3.1.

    `offers` has any form that a `Matcher` accepts; or it is what `import_offers` returned, or the path of a file.

    - `to`: `csv` (a table, the mapping that reads it, and a description as a data package) or `hsds3`
    - `package`: HSDS as CSV files instead of a page in JSON; `with_capacity`: HSDS with capacities, which change daily
    - `licence`: that of the data; `as_of`: the day of the export, which defaults to today

    An import of the files gives the same offers; for HSDS that is so with capacities. The report says what the files lack.

    >>> import lotse
    >>> exported = lotse.export_offers([{"id": "o-1", "name": "Treff", "languages": ["de"]}], as_of="2026-11-29")
    >>> exported.files["offers.csv"].splitlines()[1][:10]
    'o-1;Treff;'
    """
    options = {
        "to": to, "package": package, "with_capacity": with_capacity, "licence": licence, "as_of": as_of, "vocabulary": vocabulary,
        "lang": lang,
    }  # fmt: skip
    return export_records("offers", offers, options)


def export_needs(
    needs: Any,
    /,
    *,
    licence: str | None = None,
    as_of: _DateLike | None = None,
    vocabulary: Any = None,
    lang: types.Lang = "en",
) -> Exported:
    """Exports needs as a table for spreadsheets, with the mapping that reads it. They are personal data.

    The arguments are those of `export_offers`.

    >>> import lotse
    >>> exported = lotse.export_needs([{"id": "n-1", "age": 34}], as_of="2026-11-29")
    >>> exported
    Exported(needs.csv, needs.map.json, datapackage.json)
    """
    options = {"to": "csv", "licence": licence, "as_of": as_of, "vocabulary": vocabulary, "lang": lang}
    return export_records("needs", needs, options)
