"""Charts of matches and reports, for notebooks and reports. Needs Altair: `pip install 'lotse[plot]'`.

Each function takes an object of lotse or its wire form (a dict), and gives an Altair chart that can be changed, joined
with others and saved. Titles and headings are in the language `lang`; sentences and names come with the data.

    from lotse import plot
    plot.met(report, by="region").save("regions.html")
"""

# Altair does not tell what `mark_bar` and its like return.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from lotse._html import PRIORITIES, label, number, price, words, worth

try:
    import altair as alt
except ImportError:  # which stays in sight as the context of ours
    raise ImportError("lotse.plot needs Altair 5 or newer: pip install 'lotse[plot]'")

__all__ = ["contributions", "met", "prices"]

BY: Final = ("help", "language", "region", "crime", "priority")
MOST: Final = 30  # rows of one chart
# Okabe and Ito: told apart with every common kind of colour blindness, on light and on dark ground.
_BLUE, _SKY, _ORANGE, _RED, _GREY = "#0072B2", "#56B4E9", "#E69F00", "#D55E00", "#8C8C8C"
_UNIT = 100_000_000  # a score counts in hundred-millionths
_WIDTH, _STEP = 420, 22


class HasDict(Protocol):
    """An object of lotse that can be written as a dict."""

    def to_dict(self) -> dict[str, Any]:
        """The object in its wire form."""
        ...


def contributions(match: HasDict | Mapping[str, Any], *, lang: str = "en") -> alt.LayerChart:
    """Draw how the score of a match (or of an explained pair) adds up, criterion by criterion.

    Each bar begins where the one before ended; the pale part behind it is what its weight would have allowed. Criteria
    that add nothing by their weight are left out, unless they exclude the offer.
    """
    w = words(lang)
    data = _wire(match, "match", "offer", "score")
    to_check: Sequence[str] = data.get("to_check") or ()
    rows: list[dict[str, Any]] = []
    # In whole units: decimals would drift, and the last bar has to end exactly at the score.
    total = 0
    for reason in data.get("reasons") or ():
        if not reason["asked"] or (reason["weight"] <= 0 and not reason["blocks"]):
            continue
        part, weight = round(reason["contribution"] * _UNIT), round(reason["weight"] * _UNIT)
        state = "excludes" if reason["blocks"] else "check" if reason["criterion"] in to_check else "settled"
        rows.append(
            {
                "label": w.get(reason["criterion"], reason["criterion"]),
                "start": total / _UNIT,
                "end": (total + part) / _UNIT,
                "limit": (total + weight) / _UNIT,
                "shown": number(reason["contribution"], lang, signed=True),
                "kind": w[state],
                "fit": "" if reason["fit"] is None else number(reason["fit"], lang),
                "weight": number(reason["weight"], lang),
                "running": number((total + part) / _UNIT, lang),
                "text": reason["text"],
            }
        )
        total += part
    score = number(data["score"], lang)
    last: dict[str, Any] = {"label": w["score"], "start": 0, "end": data["score"], "limit": data["score"]}
    last |= {"shown": score, "kind": w["score"], "fit": "", "weight": "", "running": score, "text": ""}
    rows.append(last)
    title = w["waterfall"].format(offer=data["offer"], score=score)
    if data.get("matches") is False:
        title = f"{title} · {w['excluded']}"

    kinds = {w["settled"]: _BLUE, w["check"]: _ORANGE, w["excludes"]: _RED, w["score"]: _GREY}
    used = [word for word in kinds if any(row["kind"] == word for row in rows)]
    tooltip = [
        alt.Tooltip("label:N", title=w["criterion"]),
        alt.Tooltip("shown:N", title=w["contribution"]),
        alt.Tooltip("fit:N", title=w["fit"]),
        alt.Tooltip("weight:N", title=w["weight"]),
        alt.Tooltip("running:N", title=w["running"]),
        alt.Tooltip("text:N", title=w["reason"]),
    ]
    base: alt.Chart = alt.Chart(_values(rows)).encode(y=_names(rows, None), tooltip=tooltip)
    along = alt.X("start:Q", title=w["score"], scale=alt.Scale(domain=[0, 1]), axis=_decimals(lang))
    possible: alt.Chart = base.mark_bar(color=_GREY, opacity=0.25).encode(x=along, x2="limit:Q")
    colours = alt.Scale(domain=used, range=[kinds[word] for word in used])
    kind = alt.Color("kind:N", title=None, scale=colours, legend=_legend())
    got: alt.Chart = base.mark_bar(height=alt.RelativeBandSize(0.6)).encode(x=along, x2="end:Q", color=kind)
    # A criterion that adds nothing has no bar to see or to point at: a tick stands at its running total.
    end: alt.Chart = base.mark_tick(thickness=3, opacity=1).encode(x=alt.X("end:Q", title=w["score"]), color=kind)
    shown: alt.Chart = base.mark_text(align="left", dx=5, color=_GREY, fontWeight="bold").encode(
        x=alt.X("limit:Q", title=w["score"]), text="shown:N"
    )
    return alt.LayerChart(layer=[possible, got, end, shown], **_frame(title, len(rows), w["pale"]))


def met(report: HasDict | Mapping[str, Any], *, by: str = "language", lang: str = "en") -> alt.Chart:
    """Draw how many needs are unmet, met, and met by a neighbour.

    `by` is `help`, `language`, `region`, `crime` or `priority`. The rows with most unmet needs come first; at most 30
    are drawn, and the title tells how many are not.

    Raises:
        ValueError: `by` is none of these words.
    """
    if by not in BY:
        raise ValueError(f"by must be one of {', '.join(BY)}")
    w = words(lang)
    found: Sequence[Mapping[str, Any]] = _wire(report, "report", f"by_{by}")[f"by_{by}"]
    found = sorted(found, key=lambda row: (-row["unmet"], -row["needs"]))
    # Unmet needs stand at the axis, where lengths compare best.
    outcomes = {"unmet": _RED, "met": _BLUE, "met_by_neighbour": _SKY}
    rows: list[dict[str, Any]] = []
    for row, name in zip(found[:MOST], _distinct([(label(row, w), row["code"]) for row in found[:MOST]]), strict=True):
        # `met` of the data includes those met by a neighbour; the parts of a bar must not overlap.
        counts = {**row, "met": row["met"] - row["met_by_neighbour"]}
        for order, outcome in enumerate(outcomes):
            part = {"label": name, "code": row["code"] or "", "outcome": w[outcome], "order": order}
            rows.append({**part, "count": counts[outcome], "needs": row["needs"]})
    title = w["met_chart"].format(title=w[f"by_{by}"])
    frame = _frame(title, min(len(found), MOST), _more(len(found), w))
    chart: alt.Chart = alt.Chart(_values(rows), **frame).mark_bar()
    chart = chart.encode(
        y=_names(rows, w[by]),
        x=alt.X("count:Q", title=w["needs"], axis=alt.Axis(tickMinStep=1, format="d"), stack="zero"),
        color=alt.Color(
            "outcome:N",
            title=w["outcome"],
            scale=alt.Scale(domain=[w[outcome] for outcome in outcomes], range=list(outcomes.values())),
            legend=_legend(),
        ),
        order=alt.Order("order:Q"),
        tooltip=[
            alt.Tooltip("label:N", title=w[by]),
            alt.Tooltip("code:N", title="code"),
            alt.Tooltip("outcome:N", title=w["outcome"]),
            alt.Tooltip("count:Q", title=w["needs"]),
            alt.Tooltip("needs:Q", title=w["total"]),
        ],
    )
    return chart


def prices(report: HasDict | Mapping[str, Any], *, lang: str = "en") -> alt.HConcatChart:
    """Draw what one more place would add at each offer that is short of places, the highest price first.

    On the left people by priority (below 0 where others give way), on the right the weighted score, which decides among
    equals. At most 30 offers are drawn, and the title tells how many are not.
    """
    w = words(lang)
    found: Sequence[Mapping[str, Any]] = _wire(report, "report", "bottlenecks")["bottlenecks"]
    found = sorted(found, key=lambda offer: [-part for part in worth(offer["price"])])  # stable, as the data comes
    offers: list[dict[str, Any]] = []
    gains: list[dict[str, Any]] = []
    colours = dict(zip(PRIORITIES, (_RED, _ORANGE, _SKY, _BLUE), strict=True))
    reach = {0}
    for offer in found[:MOST]:
        people: Mapping[str, int] = {one: offer["price"]["people"].get(one, 0) for one in PRIORITIES}
        places = w["no_limit"].format(used=offer["used"])
        if offer["places"] is not None:
            places = w["of"].format(part=offer["used"], all=offer["places"])
        row = {"label": offer["offer"], "gain": price(offer, lang), "places": places, "score": offer["price"]["score"]}
        offers.append({**row, "shown": number(offer["price"]["score"], lang, signed=True)})
        for order, (priority, count) in enumerate(people.items()):
            if count:
                gains.append({**row, "priority": w[priority], "order": order, "people": count})
        reach.add(sum(count for count in people.values() if count > 0))
        reach.add(sum(count for count in people.values() if count < 0))
    tooltip = [
        alt.Tooltip("label:N", title=w["offer"]),
        alt.Tooltip("gain:N", title=w["one_more"]),
        alt.Tooltip("places:N", title=w["used"]),
    ]
    # Both halves show every offer, also where no person is gained; so their rows stand side by side.
    order_of_offers = [offer["label"] for offer in offers]
    rows = alt.Scale(domain=order_of_offers)
    height = max(len(offers), 1) * _STEP
    # People are whole; left alone, a short axis would mark halves of them.
    few = max(reach) - min(reach) < 10
    whole = alt.Axis(values=list(range(min(reach), max(reach) + 1)), format="d") if few else alt.Axis(format="d")
    left: alt.Chart = alt.Chart(_values(gains), width=_WIDTH // 3, height=height).mark_bar()
    left = left.encode(
        y=alt.Y("label:N", title=w["offer"], scale=rows, sort=order_of_offers),
        x=alt.X("people:Q", title=w["price_people"], axis=whole, stack="zero"),
        color=alt.Color(
            "priority:N",
            title=w["priority"],
            scale=alt.Scale(domain=[w[one] for one in PRIORITIES], range=list(colours.values())),
            legend=_legend(),
        ),
        order=alt.Order("order:Q"),
        tooltip=tooltip,
    )
    base: alt.Chart = alt.Chart(_values(offers)).encode(
        y=alt.Y("label:N", title=None, scale=rows, sort=order_of_offers, axis=alt.Axis(labels=False, ticks=False)),
        x=alt.X("score:Q", title=w["score"], axis=_decimals(lang)),
        tooltip=tooltip,
    )
    bars: alt.Chart = base.mark_bar(color=_GREY)
    texts: alt.Chart = base.mark_text(align="left", dx=5, color=_GREY).encode(text="shown:N")
    right = alt.LayerChart(layer=[bars, texts], width=_WIDTH * 2 // 3, height=height)
    frame = _frame(w["prices_chart"], 1, _more(len(found), w))
    return alt.HConcatChart(hconcat=[left, right], title=frame["title"], description=frame["description"])


def _wire(given: HasDict | Mapping[str, Any], what: str, *needed: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = given if isinstance(given, Mapping) else given.to_dict()
    # An empty chart of the wrong thing would look like good news.
    for key in needed:
        if key not in data:
            raise TypeError(f"this is no {what}: it has no {key!r}")
    return data


def _values(rows: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    return alt.InlineData(values=[dict(row) for row in rows])


def _names(rows: Sequence[Mapping[str, Any]], title: str | None) -> alt.Y:
    """The axis of names, in the order of the rows."""
    order = list(dict.fromkeys(row["label"] for row in rows))
    return alt.Y("label:N", title=title, sort=order, axis=alt.Axis(labelLimit=260))


def _distinct(names: Sequence[tuple[str, str | None]]) -> list[str]:
    """Names as they are, with the code where two are called the same: else their bars would be one."""
    alike = [name for name, _ in names]
    done: list[str] = []
    for name, code in names:
        if alike.count(name) > 1 and code is not None:
            name = f"{name} ({code})"
        while name in done:
            name = f"{name} ·"
        done.append(name)
    return done


def _more(count: int, w: Mapping[str, str]) -> str:
    return w["more"].format(more=count - MOST) if count > MOST else ""


def _decimals(lang: str) -> alt.Axis:
    # Not by a locale: that is set for a whole page, and a chart that sets it cannot be joined with others.
    return alt.Axis() if lang == "en" else alt.Axis(labelExpr="replace(datum.label, '.', ',')")


def _legend() -> alt.Legend:
    return alt.Legend(orient="bottom")


def _frame(title: str, rows: int, more: str = "") -> dict[str, Any]:
    shown = alt.TitleParams(title, subtitle=more, anchor="start") if more else alt.TitleParams(title, anchor="start")
    # The description is what a screen reader says of the picture.
    return {"title": shown, "description": title, "width": _WIDTH, "height": max(rows, 1) * _STEP}
