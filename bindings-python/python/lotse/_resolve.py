"""Codes for typed words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lotse._lotse import Vocabulary

if TYPE_CHECKING:
    from lotse import types


def resolve(
    text: str, kind: types.CodeKind | None = None, *, lang: types.Lang = "en", vocabulary: Any = None
) -> list[types.Candidate]:
    """Returns the codes that a typed word may mean, best first; all of them if it is ambiguous.

    `kind` is one of `language`, `region`, `crime`, `context`, `help`, `role`, `access`, or `None` for all of
    these; or one of the closed sets of records, which have words of their own: `format`, `gender`, `state`, `how`, `level`,
    `priority`, `truth`. `lang` is the display language of the names, `vocabulary` a `Vocabulary`, or additions as a dict or
    JSON text.

    >>> import lotse
    >>> [(candidate["code"], candidate["how"]) for candidate in lotse.resolve("Kurmandschi", "language")]
    [('kmr', 'exact')]
    >>> [candidate["code"] for candidate in lotse.resolve("fließend", "level")]
    ['C1', 'C2']
    """
    if not isinstance(vocabulary, Vocabulary):
        vocabulary = Vocabulary(vocabulary)
    return vocabulary.resolve(text, kind, lang=lang)
