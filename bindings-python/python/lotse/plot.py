"""Charts of matches and reports, for notebooks and printed reports. Needs Altair: `pip install 'lotse-matching[plot]'`.

Each function takes an object of lotse or its wire form (a dict), and returns an Altair chart that can be changed,
joined with others and saved. Titles and headings are in the language `lang`; sentences and names come with the data.

    from lotse import plot
    plot.coverage(report, by="region").save("regions.html")

Charts work without the internet: a notebook shows them as SVG, and `save` writes pages that load nothing. A renderer
that you enable takes precedence, such as `altair.renderers.enable("html")`, which loads scripts and has tooltips. Charts
that you join with `|` or `&` are those of Altair: `altair.renderers.enable("svg")` shows them without the internet, too.
"""

# Altair does not declare the types that `mark_bar` and its like return.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any, Final, Protocol

from lotse._format import (
    PRIORITIES,
    format_number,
    format_price,
    label_criterion,
    label_offer,
    label_row,
    objective_key,
)
from lotse._messages import messages_for

try:
    import altair as alt
except ImportError:  # shown by Python as the context of the new error
    raise ImportError("lotse.plot needs Altair 5 or newer: pip install 'lotse-matching[plot]'")

__all__ = ["contributions", "coverage", "shadow_prices"]

GROUPINGS: Final = ("help", "language", "region", "crime", "priority")
MAX_ROWS: Final = 30
"""The maximum of rows in one chart."""
# Okabe and Ito: distinguishable with every common kind of colour blindness, on light and on dark ground.
_BLUE, _SKY, _ORANGE, _RED, _GREY = "#0072B2", "#56B4E9", "#E69F00", "#D55E00", "#8C8C8C"
_SCORE_UNIT = 100_000_000  # a score is an integer in hundred-millionths
_SCORES = (0, 0.2, 0.4, 0.6, 0.8, 1)
"""The marks of an axis of scores, which is longer than 1: the number at the end of a bar needs space."""
_WIDTH, _STEP, _LABEL = 420, 22, 320  # in pixels


class HasDict(Protocol):
    """An object of lotse that can be written as a dict."""

    def to_dict(self) -> dict[str, Any]:
        """Returns the object in its wire form."""
        ...


class _Offline(alt.TopLevelMixin):
    """A chart that needs no internet, if `vl-convert-python` is installed, as with `lotse-matching[plot]`."""

    def _repr_mimebundle_(self, *arguments: Any, **keywords: Any) -> Any:
        if alt.renderers.active == "default" and _has_converter():
            svg = io.StringIO()
            super().save(svg, "svg")
            return {"image/svg+xml": svg.getvalue()}
        return super()._repr_mimebundle_(*arguments, **keywords)

    def save(self, fp: Any, format: Any = None, *arguments: Any, **keywords: Any) -> None:
        """Saves the chart as the method of Altair does, but a page has its scripts in it."""
        if format == "html" or (format is None and str(fp).endswith(".html")):
            keywords.setdefault("inline", _has_converter())
        super().save(fp, format, *arguments, **keywords)

    def to_html(self, *arguments: Any, **keywords: Any) -> str:
        """Returns the chart as the method of Altair does, but a page has its scripts in it."""
        keywords.setdefault("inline", _has_converter())
        return super().to_html(*arguments, **keywords)


def _has_converter() -> bool:
    return find_spec("vl_convert") is not None


class _Chart(_Offline, alt.Chart):
    pass


class _LayerChart(_Offline, alt.LayerChart):
    pass


class _HConcatChart(_Offline, alt.HConcatChart):
    pass


def contributions(match: HasDict | Mapping[str, Any], *, lang: str = "en") -> alt.LayerChart:
    """Draws the score of a match (or of an explanation) as a waterfall of contributions, one for each criterion.

    Each bar begins where the previous one ends; the pale part behind it is the weight of the criterion. Criteria with
    weight 0 are left out, unless they exclude the offer.
    """
    messages = messages_for(lang)
    data = _wire_form(match, "match", "offer", "score")
    score = format_number(data["score"], lang)
    rows = _contribution_rows(data, lang)
    total: dict[str, Any] = {"label": messages["score"], "start": 0, "end": data["score"], "limit": data["score"]}
    total |= {"shown": score, "kind": messages["score"], "fit": "", "weight": "", "running": score, "text": ""}
    rows.append(total)
    names = _names(match, "to_table")
    title = messages["contributions_chart"].format(offer=label_offer(data["offer"], names), score=score)
    if data.get("matches") is False:
        title = f"{title} · {messages['excluded']}"

    tooltip = [
        alt.Tooltip("label:N", title=messages["field.criterion"]),
        alt.Tooltip("shown:N", title=messages["contribution"]),
        alt.Tooltip("fit:N", title=messages["fit"]),
        alt.Tooltip("weight:N", title=messages["field.weight"]),
        alt.Tooltip("running:N", title=messages["running"]),
        alt.Tooltip("text:N", title=messages["field.reason"]),
    ]
    base: alt.Chart = alt.Chart(_values(rows)).encode(y=_label_axis(rows, None), tooltip=tooltip)
    start = alt.X("start:Q", title=messages["score"], scale=alt.Scale(domain=[0, 1.12]), axis=_decimal_axis(lang, _SCORES))
    weights: alt.Chart = base.mark_bar(color=_GREY, opacity=0.25).encode(x=start, x2="limit:Q")
    kind = _kind_colour(rows, messages)
    bars: alt.Chart = base.mark_bar(height=alt.RelativeBandSize(0.6)).encode(x=start, x2="end:Q", color=kind)
    # A criterion that contributes nothing has no bar to see or to point at: a tick marks its running total.
    ticks: alt.Chart = base.mark_tick(thickness=3, opacity=1).encode(
        x=alt.X("end:Q", title=messages["score"]), color=kind
    )
    labels: alt.Chart = base.mark_text(align="left", dx=5, color=_GREY, fontWeight="bold").encode(
        x=alt.X("limit:Q", title=messages["score"]), text="shown:N"
    )
    return _LayerChart(layer=[weights, bars, ticks, labels], **_frame(title, len(rows), messages["weight_share"]))


def _contribution_rows(data: Mapping[str, Any], lang: str) -> list[dict[str, Any]]:
    messages = messages_for(lang)
    to_check: Sequence[str] = data.get("to_check") or ()
    rows: list[dict[str, Any]] = []
    # In integers: decimals would drift, and the last bar has to end exactly at the score.
    total = 0
    for finding in data.get("reasons") or ():
        if not finding["asked"] or (finding["weight"] <= 0 and not finding["blocks"]):
            continue
        contribution, weight = round(finding["contribution"] * _SCORE_UNIT), round(finding["weight"] * _SCORE_UNIT)
        kind = "settled"
        if finding["blocks"]:
            kind = "finding.blocks"
        elif finding["criterion"] in to_check:
            kind = "finding.to_check"
        end = (total + contribution) / _SCORE_UNIT
        rows.append(
            {
                "label": label_criterion(finding["criterion"], messages),
                "start": total / _SCORE_UNIT,
                "end": end,
                "limit": (total + weight) / _SCORE_UNIT,
                "shown": format_number(finding["contribution"], lang, signed=True),
                "kind": messages[kind],
                "fit": "" if finding["fit"] is None else format_number(finding["fit"], lang),
                "weight": format_number(finding["weight"], lang),
                "running": format_number(end, lang),
                "text": finding["text"],
            }
        )
        total += contribution
    return rows


def _kind_colour(rows: Sequence[Mapping[str, Any]], messages: Mapping[str, str]) -> alt.Color:
    colours = {"settled": _BLUE, "finding.to_check": _ORANGE, "finding.blocks": _RED, "score": _GREY}
    used = [key for key in colours if any(row["kind"] == messages[key] for row in rows)]
    scale = alt.Scale(domain=[messages[key] for key in used], range=[colours[key] for key in used])
    return alt.Color("kind:N", title=None, scale=scale, legend=_legend())


def coverage(report: HasDict | Mapping[str, Any], *, by: str = "language", lang: str = "en") -> alt.Chart:
    """Draws the numbers of needs that are unmet, met, and met by a neighbour.

    `by` is `help`, `language`, `region`, `crime` or `priority`. Rows are sorted by unmet needs, descending. At most 30
    are drawn; the subtitle has the number of those left out.

    Raises:
        ValueError: `by` is none of these words.
    """
    if by not in GROUPINGS:
        raise ValueError(f"by must be one of {', '.join(GROUPINGS)}")
    messages = messages_for(lang)
    groups: Sequence[Mapping[str, Any]] = _wire_form(report, "report", f"by_{by}")[f"by_{by}"]
    groups = sorted(groups, key=lambda row: (-row["unmet"], -row["needs"]))
    # Unmet needs are next to the axis, where lengths compare best.
    outcomes = {"unmet": _RED, "met": _BLUE, "met_by_neighbour": _SKY}
    labels = _distinct_labels([(label_row(row, messages), row["code"]) for row in groups[:MAX_ROWS]])
    rows: list[dict[str, Any]] = []
    for row, label in zip(groups[:MAX_ROWS], labels, strict=True):
        # `met` of the data includes `met_by_neighbour`; the parts of a bar must not overlap.
        counts = {**row, "met": row["met"] - row["met_by_neighbour"]}
        for order, outcome in enumerate(outcomes):
            part = {"label": label, "code": row["code"] or "", "outcome": messages[f"field.{outcome}"], "order": order}
            rows.append({**part, "count": counts[outcome], "needs": row["needs"]})
    title = messages["coverage_chart"].format(title=messages[f"title.by_{by}"])
    frame = _frame(title, min(len(groups), MAX_ROWS), _more_rows(len(groups), messages))
    chart: alt.Chart = _Chart(_values(rows), **frame).mark_bar()
    scale = alt.Scale(domain=[messages[f"field.{outcome}"] for outcome in outcomes], range=list(outcomes.values()))
    chart = chart.encode(
        y=_label_axis(rows, messages[f"kind.{by}"]),
        x=alt.X("count:Q", title=messages["field.needs"], axis=alt.Axis(tickMinStep=1, format="d"), stack="zero"),
        color=alt.Color("outcome:N", title=messages["outcome"], scale=scale, legend=_legend()),
        order=alt.Order("order:Q"),
        tooltip=[
            alt.Tooltip("label:N", title=messages[f"kind.{by}"]),
            alt.Tooltip("code:N", title="code"),
            alt.Tooltip("outcome:N", title=messages["outcome"]),
            alt.Tooltip("count:Q", title=messages["field.needs"]),
            alt.Tooltip("needs:Q", title=messages["total"]),
        ],
    )
    return chart


def shadow_prices(report: HasDict | Mapping[str, Any], *, lang: str = "en") -> alt.HConcatChart:
    """Draws the gain by one more place at each offer that is short of places, the highest price first.

    The left half has people by priority (below 0 if others give way), the right half the weighted score, which decides
    ties. At most 30 offers are drawn; the subtitle has the number of those left out.
    """
    messages = messages_for(lang)
    found: Sequence[Mapping[str, Any]] = _wire_form(report, "report", "bottlenecks")["bottlenecks"]
    # Stable, because ties keep the order of ids.
    found = sorted(found, key=lambda offer: [-level for level in objective_key(offer["price"])])
    shown = found[:MAX_ROWS]
    offer_names = _names(report, "bottleneck_table")
    offers = [_price_row(offer, lang, offer_names) for offer in shown]
    tooltip = [
        alt.Tooltip("label:N", title=messages["field.offer"]),
        alt.Tooltip("gain:N", title=messages["one_more"]),
        alt.Tooltip("places:N", title=messages["used"]),
    ]
    # Both halves have every offer, also without a gain in people, so that their rows are aligned.
    order = [offer["label"] for offer in offers]
    rows, height = alt.Scale(domain=order), max(len(offers), 1) * _STEP
    people = [
        {**row, "priority": messages[f"priority.{priority}"], "order": level, "people": count}
        for offer, row in zip(shown, offers, strict=True)
        for level, (priority, count) in enumerate(_people_by_priority(offer).items())
        if count
    ]
    left: alt.Chart = alt.Chart(_values(people), width=_WIDTH // 3, height=height).mark_bar()
    names = [messages[f"priority.{priority}"] for priority in PRIORITIES]
    colours = alt.Scale(domain=names, range=[_RED, _ORANGE, _SKY, _BLUE])
    left = left.encode(
        y=alt.Y("label:N", title=messages["field.offer"], scale=rows, sort=order, axis=alt.Axis(labelLimit=_LABEL)),
        x=alt.X("people:Q", title=messages["people_axis"], axis=_people_axis(shown), stack="zero"),
        color=alt.Color("priority:N", title=messages["kind.priority"], scale=colours, legend=_legend()),
        order=alt.Order("order:Q"),
        tooltip=tooltip,
    )
    scores = [{**row, "shown": format_number(row["score"], lang, signed=True)} for row in offers]
    base: alt.Chart = alt.Chart(_values(scores)).encode(
        y=alt.Y("label:N", title=None, scale=rows, sort=order, axis=alt.Axis(labels=False, ticks=False)),
        x=alt.X("score:Q", title=messages["score"], axis=_decimal_axis(lang)),
        tooltip=tooltip,
    )
    bars: alt.Chart = base.mark_bar(color=_GREY)
    labels: alt.Chart = base.mark_text(align="left", dx=5, color=_GREY).encode(text="shown:N")
    right = alt.LayerChart(layer=[bars, labels], width=_WIDTH * 2 // 3, height=height)
    frame = _frame(messages["shadow_prices_chart"], 1, _more_rows(len(found), messages))
    return _HConcatChart(hconcat=[left, right], title=frame["title"], description=frame["description"])


def _price_row(offer: Mapping[str, Any], lang: str, names: Mapping[str, str]) -> dict[str, Any]:
    messages = messages_for(lang)
    if offer["places"] is None:
        places = messages["no_limit"].format(used=offer["used"])
    else:
        places = messages["part_of"].format(part=offer["used"], all=offer["places"])
    gain, score = format_price(offer, lang), offer["price"]["score"]
    return {"label": label_offer(offer["offer"], names), "gain": gain, "places": places, "score": score}


def _people_by_priority(offer: Mapping[str, Any]) -> dict[str, int]:
    return {priority: offer["price"]["people"].get(priority, 0) for priority in PRIORITIES}


def _people_axis(offers: Sequence[Mapping[str, Any]]) -> alt.Axis:
    """Returns an axis of whole people. By default a short axis would mark halves of them."""
    ends = {0}
    for offer in offers:
        counts = _people_by_priority(offer).values()
        ends.add(sum(count for count in counts if count > 0))
        ends.add(sum(count for count in counts if count < 0))
    if max(ends) - min(ends) < 10:
        return alt.Axis(values=list(range(min(ends), max(ends) + 1)), format="d")
    return alt.Axis(format="d")


def _wire_form(given: HasDict | Mapping[str, Any], what: str, *required: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = given if isinstance(given, Mapping) else given.to_dict()
    # An empty chart of the wrong object would look like good news.
    for key in required:
        if key not in data:
            raise TypeError(f"not a {what}: it has no {key!r}")
    return data


def _names(given: HasDict | Mapping[str, Any], table: str) -> dict[str, str]:
    """Returns the names of offers by id. The wire form has none."""
    rows: Any = getattr(given, table)() if hasattr(given, table) else ()
    return {row["offer"]: row["offer_name"] for row in rows if row["offer_name"] is not None}


def _values(rows: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    return alt.InlineData(values=[dict(row) for row in rows])


def _label_axis(rows: Sequence[Mapping[str, Any]], title: str | None) -> alt.Y:
    """Returns the axis of labels, in the order of the rows."""
    order = list(dict.fromkeys(row["label"] for row in rows))
    return alt.Y("label:N", title=title, sort=order, axis=alt.Axis(labelLimit=_LABEL))


def _distinct_labels(labels: Sequence[tuple[str, str | None]]) -> list[str]:
    """Adds the code to equal labels: rows with equal labels would share one bar."""
    counts = Counter(label for label, _ in labels)
    distinct: list[str] = []
    for label, code in labels:
        if counts[label] > 1 and code is not None:
            label = f"{label} ({code})"
        while label in distinct:
            label = f"{label} ·"
        distinct.append(label)
    return distinct


def _more_rows(count: int, messages: Mapping[str, str]) -> str:
    return messages["more_rows"].format(more=count - MAX_ROWS) if count > MAX_ROWS else ""


def _decimal_axis(lang: str, values: Sequence[float] = ()) -> alt.Axis:
    marks: dict[str, Any] = {"values": list(values)} if values else {}
    # Not by a locale: that applies to a whole page, and a chart that sets one cannot be joined with others.
    return alt.Axis(**marks) if lang == "en" else alt.Axis(labelExpr="replace(datum.label, '.', ',')", **marks)


def _legend() -> alt.Legend:
    return alt.Legend(orient="bottom")


def _frame(title: str, rows: int, subtitle: str = "") -> dict[str, Any]:
    params = alt.TitleParams(title, anchor="start")
    if subtitle:
        params = alt.TitleParams(title, subtitle=subtitle, anchor="start")
    # Screen readers say the description instead of the picture.
    return {"title": params, "description": title, "width": _WIDTH, "height": max(rows, 1) * _STEP}
