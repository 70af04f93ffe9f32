"""Words for codes, and codes for words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lotse import _lotse

if TYPE_CHECKING:
    from lotse import types


def resolve(
    text: str, kind: types.Kind | None = None, *, lang: types.Lang = "en", vocabulary: Any = None
) -> list[types.Candidate]:
    """The codes that a typed word may stand for, best first: never one in silence where several may be meant.

    `kind` is one of `language`, `region`, `crime`, `context`, `help`, `role`, `access`; all of them if left out. `lang` is
    the language of the names in the answer, `vocabulary` a `Vocabulary`, or additions as a dict or JSON text.

    >>> import lotse
    >>> [(found["code"], found["how"]) for found in lotse.resolve("Kurmandschi", "language")]
    [('kmr', 'exact')]
    """
    known: _lotse.Vocabulary = vocabulary if isinstance(vocabulary, _lotse.Vocabulary) else _lotse.Vocabulary(vocabulary)
    return known.resolve(text, kind, lang=lang)
