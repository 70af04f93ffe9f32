"""Text for numbers, prices and codes, in a display language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from lotse._messages import messages_for

PRIORITIES: Final = ("stat", "asap", "urgent", "routine")
MAX_ITEMS: Final = 5
"""The maximum of ids in one sentence."""


def format_number(value: Any, lang: str, *, signed: bool = False) -> str:
    """Formats a score, fit or weight with at most four decimals and the decimal mark of the language."""
    text = f"{float(value):+.4f}" if signed else f"{float(value):.4f}"
    text = text.rstrip("0").rstrip(".").replace("-", "\N{MINUS SIGN}")
    return text if lang == "en" else text.replace(".", ",")


def objective_key(objective: Mapping[str, Any]) -> list[float]:
    """Returns the levels of an objective or a price, the most important first, to be compared lexicographically."""
    people = [float(objective["people"].get(priority, 0)) for priority in PRIORITIES]
    return [*people, float(objective["kept"]), float(objective["score"])]


def format_objective(objective: Mapping[str, Any], lang: str) -> str:
    """Formats the difference that an objective or a price makes, level by level."""
    messages = messages_for(lang)
    people = [
        f"{format_number(objective['people'][priority], lang, signed=True)} {messages['priority.' + priority]}"
        for priority in PRIORITIES
        if objective["people"].get(priority)
    ]
    levels = [messages["people_gain"].format(people=", ".join(people))] if people else []
    if objective["kept"]:
        levels.append(messages["kept_gain"].format(kept=format_number(objective["kept"], lang, signed=True)))
    levels.append(messages["score_gain"].format(score=format_number(objective["score"], lang, signed=True)))
    return "; ".join(levels)


def format_price(offer: Mapping[str, Any], lang: str) -> str:
    """Formats the gain by one more place at an offer; empty if there is none."""
    messages = messages_for(lang)
    if not any(objective_key(offer["price"])):
        return "" if offer["helps"] is None else messages["party_fits"].format(places=offer["helps"])
    gain = format_objective(offer["price"], lang)
    return gain if offer["exact"] else messages["approximate"].format(gain=gain)


def format_people(people: Mapping[str, Any], messages: Mapping[str, str]) -> str:
    """Formats the people of each priority, without those of which there are none."""
    shown = [priority for priority in PRIORITIES if people.get(priority)]
    return ", ".join(f"{people[priority]} {messages['priority.' + priority]}" for priority in shown)


def label_criterion(code: Any, messages: Mapping[str, str]) -> str:
    """Returns the label of a criterion, or the code itself if it has none."""
    return messages.get(f"criterion.{code}", str(code))


def label_reason(code: Any, messages: Mapping[str, str]) -> str:
    """Returns the label of the reason of an unmet need, or the code itself if it has none."""
    return messages.get(f"unmet.{code}", str(code))


def label_criteria(codes: Iterable[Any], messages: Mapping[str, str]) -> str:
    """Returns the labels of criteria as a list in text."""
    return ", ".join(label_criterion(code, messages) for code in codes)


def label_row(row: Mapping[str, Any], messages: Mapping[str, str]) -> str:
    """Returns the label of a row of a report: its name, that of its priority, its code, or that it is not stated."""
    code = row["code"]
    if code is None:
        return messages["none.code"]
    name = row.get("name")
    # A priority has no name.
    return str(name) if name is not None else messages.get(f"priority.{code}", str(code))


def label_of_import(kind: str, code: str, messages: Mapping[str, str]) -> str:
    """Returns the label of a code in reports and questions of imports, or the code itself if it has none."""
    return messages.get(f"import.{kind}.{code}", code)


def format_position(at: str, messages: Mapping[str, str]) -> str:
    """Formats a position such as `services.csv: row 57` in the display language."""
    file, separator, step = at.rpartition(": ")
    word, _, row = step.partition(" ")
    return f"{file}{separator}{messages['import.row'].format(row=row)}" if word == "row" else at


def label_offer(offer: Any, names: Mapping[str, str]) -> str:
    """Returns the name of an offer with its id, or the id if it has no name."""
    name = names.get(offer)
    return str(offer) if name is None else f"{name} ({offer})"


def format_remedies(
    facts: Mapping[str, Any], lang: str, names: Mapping[str, str], isolate: Callable[[str], str] = str
) -> list[str]:
    """Formats the remedies for an unmet need: offers to phone, a split of the group, the changes of the nearest miss.

    `isolate` marks each id and name, which may be written in another direction than the sentence.
    """
    messages = messages_for(lang)

    def label(offer: Any) -> str:
        return isolate(label_offer(offer, names))

    found: list[str] = []
    if facts.get("to_phone"):
        found.append(messages["to_phone"].format(offers=_list([label(offer) for offer in facts["to_phone"]], lang)))
    if facts.get("split"):
        parts = [f"{_list(list(map(isolate, part['needs'])), lang)} → {label(part['offer'])}" for part in facts["split"]]
        found.append(messages["split"].format(parts=_list(parts, lang, "; ")))
    diagnosis = facts.get("diagnosis")
    if diagnosis and diagnosis["near_misses"]:
        miss = diagnosis["near_misses"][0]
        found.append(f"{label(miss['offer'])}: {' '.join(change['text'] for change in miss['changes'])}")
    return found


def _list(items: Sequence[str], lang: str, separator: str = ", ") -> str:
    """Lists items, at most `MAX_ITEMS`, followed by the number of those left out."""
    shown = list(items[:MAX_ITEMS])
    if len(items) > MAX_ITEMS:
        shown.append(messages_for(lang)["more_rows"].format(more=len(items) - MAX_ITEMS))
    return separator.join(shown)
