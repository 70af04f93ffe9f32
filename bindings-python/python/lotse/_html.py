"""Results as HTML for notebooks.

Each function takes one result in its wire format, the display language of the headings, and the names of offers by id;
sentences and other names come with the result. `lotse._tables` has the same content as tables.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from lotse import _markup as html
from lotse._format import (
    PRIORITIES,
    format_number,
    format_objective,
    format_people,
    format_price,
    format_remedies,
    label_criteria,
    label_criterion,
    label_reason,
    label_row,
    objective_key,
)
from lotse._import_html import render_export as render_export
from lotse._import_html import render_import as render_import
from lotse._import_html import render_import_report as render_import_report
from lotse._import_html import render_questions as render_questions
from lotse._import_html import render_sketch as render_sketch
from lotse._markup import CELL, COUNT, ID, MAX_ROWS, NAME, SHORT, SHORT_TEXT, STRONG_BORDER, WORD, Html
from lotse._messages import messages_for
from lotse._tables import CHANGES, OFFERS

_Names: TypeAlias = Mapping[str, str]
NO_NAMES: Final[_Names] = {}


def render_ranking(data: Mapping[str, Any], lang: str, names: _Names = NO_NAMES) -> str:
    """Renders the matches of one need, best first: one of `rankings` in a response to `rank`."""
    messages = messages_for(lang)
    matches: Sequence[Mapping[str, Any]] = data["matches"]
    caption = html.fill(messages["offers_for"], need=html.identifier(data["need"]))
    if not matches:
        return html.page(lang, [html.empty(caption, messages["no_match"])])
    weights = [float(finding["weight"]) for match in matches for finding in match.get("reasons") or ()]
    widest = max(weights, default=0.0)
    bodies = [_match(rank, match, widest, lang, names) for rank, match in enumerate(matches[:MAX_ROWS], 1)]
    keys = ("rank", "field.offer", "score", "field.criterion", "field.finding", "contribution", "field.reason")
    heads = [(messages[key], WORD) for key in keys]
    return html.page(lang, [html.table(caption, heads, bodies, html.more_rows(len(matches), messages))])


def render_match(data: Mapping[str, Any], lang: str, names: _Names = NO_NAMES) -> str:
    """Renders the requested findings of an offer in a ranking: one of `matches`."""
    messages = messages_for(lang)
    caption = Html(f"{html.offer(data['offer'], names)} · {html.text(messages['score'])} ")
    caption = Html(caption + html.text(format_number(data["score"], lang)))
    return html.page(lang, _finding_sections(caption, data, lang))


def render_explanation(data: Mapping[str, Any], lang: str, names: _Names = NO_NAMES) -> str:
    """Renders the ten findings of a need and an offer: one of `explanations` in a response to `explain`."""
    messages = messages_for(lang)
    findings: Sequence[Mapping[str, Any]] = data["reasons"]
    verdict = messages["field.matches"]
    if not data["matches"]:
        blocking = [finding["criterion"] for finding in findings if finding["blocks"]]
        verdict = messages["excluded_by"].format(criteria=label_criteria(blocking, messages))
    summary = f"{verdict} · {messages['score']} {format_number(data['score'], lang)}"
    need, offer = html.identifier(data["need"]), html.offer(data["offer"], names)
    caption = html.fill(messages["explanation_of"], need=need, offer=offer)
    summary_part = html.paragraph(html.text(summary), strong=True)
    return html.page(lang, [summary_part, *_finding_sections(caption, data, lang)])


def render_allocation(data: Mapping[str, Any], lang: str, names: _Names = NO_NAMES) -> str:
    """Renders a plan, unmet needs first: the response to `allocate`."""
    messages = messages_for(lang)
    unmet: Sequence[Mapping[str, Any]] = data["unmet"]
    referrals: Sequence[Mapping[str, Any]] = data["referrals"]
    short = [offer for offer in data["offers"] if any(objective_key(offer["price"])) or offer["helps"] is not None]
    # Stable, because ties keep the order of ids.
    short.sort(key=lambda offer: [-level for level in objective_key(offer["price"])])
    parts = [
        html.paragraph(html.text(_allocated(data, messages)), strong=True),
        html.paragraph(html.text(_quality(data["certificate"], lang))),
        _unmet_section(unmet, lang, names),
        _referral_section(referrals, lang, names),
        _bottleneck_section(short, lang, names),
    ]
    return html.page(lang, parts)


def render_report(data: Mapping[str, Any], lang: str, names: _Names = NO_NAMES) -> str:
    """Renders a report, in tables that each add up to the total: the response to `report`."""
    messages = messages_for(lang)
    total: Mapping[str, Any] = data["total"]
    parts = [html.paragraph(html.text(messages["report"].format_map(total)), strong=True)]
    if total["met_by_neighbour"]:
        neighbour = messages["report_neighbour"].format(neighbour=total["met_by_neighbour"])
        parts.append(html.paragraph(html.text(neighbour)))
    for by in ("priority", "help", "language", "region", "crime"):
        parts.append(_tally_table(by, data[f"by_{by}"], total, messages))
    parts.append(_bottleneck_section(data["bottlenecks"], lang, names))
    parts.append(_missing_section(data["wanted"], messages))
    return html.page(lang, parts)


def render_diagnosis(data: Mapping[str, Any], lang: str, names: _Names = NO_NAMES) -> str:
    """Renders the criteria that exclude offers from a need: one of `diagnoses` in a response to `diagnose`."""
    messages = messages_for(lang)
    counts = {"matching": html.text(data["matching"]), "offers": html.text(data["offers"])}
    summary = html.fill(messages["matching"], need=html.identifier(data["need"]), **counts)
    parts = [html.paragraph(summary, strong=True)]
    blocked = sorted(data["blocked"], key=lambda criterion: (-criterion["only"], -criterion["offers"]))
    rows = [
        html.row(
            [
                html.cell(html.text(label_criterion(criterion["criterion"], messages)), WORD, scope="row"),
                html.cell(html.text(criterion["offers"]), COUNT),
                html.cell(html.text(criterion["only"]), COUNT),
            ]
        )
        for criterion in blocked
    ]
    heads = [(messages["field.criterion"], WORD)]
    heads += [(messages["blocked_offers"], COUNT), (messages["blocked_only"], COUNT)]
    parts.append(html.section(messages["title.blocked"], heads, rows, len(rows), messages["nothing_blocked"], messages))
    # If every offer matches, an empty list of near misses is no finding.
    if data["near_misses"] or data["matching"] < data["offers"]:
        parts.append(_near_miss_section(data["near_misses"], lang, names))
    return html.page(lang, parts)


def render_evaluation(data: Mapping[str, Any], lang: str, names: _Names = NO_NAMES) -> str:
    """Renders the evaluation of a given plan: its violations first, then unmet needs and referrals."""
    messages = messages_for(lang)
    unmet: Sequence[Mapping[str, Any]] = data["unmet"]
    referrals: Sequence[Mapping[str, Any]] = data["referrals"]
    found = [(kind, value) for kind in ("ineligible", "split_groups", "over_places") for value in data[kind]]
    verdict = messages["infeasible"].format(count=len(found)) if found else messages["feasible"]
    rows = [
        html.row(
            [
                html.cell(html.offer(value, names if kind == "over_places" else NO_NAMES), NAME, scope="row"),
                html.cell(html.text(messages[kind]), CELL),
            ]
        )
        for kind, value in found[:MAX_ROWS]
    ]
    heads = [(messages["violated_by"], WORD), (messages["violation"], WORD)]
    parts = [
        html.paragraph(html.text(_allocated(data, messages)), strong=True),
        html.paragraph(html.text(verdict), strong=bool(found)),
    ]
    if found:
        parts.append(html.section(messages["violations"], heads, rows, len(found), "", messages))
    parts.append(_unmet_section(unmet, lang, names, data["servable"]))
    parts.append(_referral_section(referrals, lang, names))
    return html.page(lang, parts)


def render_diff(data: Mapping[str, Any], lang: str, names: _Names = NO_NAMES) -> str:
    """Renders the needs of two plans whose outcome differs, those that have lost their place first."""
    messages = messages_for(lang)
    found = [(change, row) for change in CHANGES for row in data[change]]
    if not found:
        return html.page(lang, [html.paragraph(html.text(messages["no_outcome_changes"]), strong=True)])

    def outcome(change: str, value: str, side: str) -> Html:
        return html.offer(value, names) if change in OFFERS[side] else html.text(label_reason(value, messages))

    rows = [
        html.row(
            [
                html.cell(html.identifier(row["need"]), ID, scope="row"),
                html.cell(html.text(messages[change]), CELL),
                html.cell(outcome(change, row["from"], "from"), NAME),
                html.cell(outcome(change, row["to"], "to"), NAME),
            ]
        )
        for change, row in found[:MAX_ROWS]
    ]
    heads = [(messages[key], WORD) for key in ("field.need", "change", "before", "after")]
    caption = messages["outcome_changes"].format(count=len(found))
    return html.page(lang, [html.section(caption, heads, rows, len(found), "", messages)])


def render_table(columns: Mapping[str, Sequence[Any]]) -> str:
    """Renders a table of a result, with its columns as headings."""
    count = max(map(len, columns.values()), default=0)
    shown = {name: [_plain(value) for value in values[:MAX_ROWS]] for name, values in columns.items()}
    numbers = {name for name, values in columns.items() if any(type(value) in (int, float) for value in values)}
    # A short id breaks nowhere, a long text anywhere.
    styles = {name: WORD if max(map(len, cells), default=0) <= SHORT_TEXT else CELL for name, cells in shown.items()}
    styles |= dict.fromkeys(numbers, COUNT)
    rows = [
        html.row(html.cell(cells[index], styles[name]) for name, cells in shown.items())
        for index in range(min(count, MAX_ROWS))
    ]
    heads = [(name, COUNT if name in numbers else WORD) for name in columns]
    caption = html.text(f"{count} × {len(columns)}")
    return html.page("en", [html.table(caption, heads, [html.body(rows)], html.more_rows(count, messages_for("en")))])


def _plain(value: Any) -> Html:
    if value is None:
        return Html("")
    if isinstance(value, list):
        return html.text(", ".join(map(str, value)))  # pyright: ignore[reportUnknownArgumentType]
    return html.text(f"{value:.8g}" if isinstance(value, float) else value)


# Parts of rankings, explanations and diagnoses.


def _match(rank: int, match: Mapping[str, Any], widest: float, lang: str, names: _Names) -> Html:
    messages = messages_for(lang)
    findings: Sequence[Mapping[str, Any]] = match.get("reasons") or ()
    to_check: Sequence[str] = match["to_check"]
    count = len(findings) + bool(to_check)
    border = STRONG_BORDER  # of the first row of a match only
    cells = [
        html.cell(html.text(rank), COUNT + border, rows=count),
        html.cell(html.offer(match["offer"], names), NAME + border, scope="rowgroup", rows=count),
        html.cell(Html(f"<b>{html.text(format_number(match['score'], lang))}</b>"), COUNT + border, rows=count),
    ]
    rows: list[Html] = []
    for finding in findings:
        cells += [
            html.cell(html.text(label_criterion(finding["criterion"], messages)), WORD + border, scope="row"),
            html.cell(_outcome(finding, to_check, messages), SHORT + border),
            html.cell(_contribution(finding, widest, lang), SHORT + border),
            html.cell(html.text(finding["text"]), CELL + border),
        ]
        rows.append(html.row(cells))
        cells, border = [], ""
    # A criterion that an offer restricts and the need does not request has no row, so the whole list is repeated.
    if to_check:
        cells.append(html.cell(html.text(messages["finding.to_check"]), WORD + border, scope="row"))
        cells.append(html.cell(html.text(label_criteria(to_check, messages)), CELL + border, columns=3))
        rows.append(html.row(cells))
    elif not findings:
        rows.append(html.row([*cells, html.cell(Html(""), CELL + border, columns=4)]))
    return html.body(rows)


def _finding_sections(caption: Html, data: Mapping[str, Any], lang: str) -> list[Html]:
    """Returns what a person should check, and the table of the findings of a match or an explanation."""
    messages = messages_for(lang)
    findings: Sequence[Mapping[str, Any]] = data.get("reasons") or ()
    widest = max([float(finding["weight"]) for finding in findings], default=0.0)
    rows = [_explained_row(finding, data["to_check"], widest, lang) for finding in findings]
    heads = [(messages["field.criterion"], WORD), (messages["field.finding"], WORD)]
    heads += [(messages["fit"], COUNT), (messages["field.weight"], COUNT)]
    heads += [(messages["contribution"], WORD), (messages["field.reason"], WORD)]
    to_check = [html.paragraph(html.text(_to_check(data["to_check"], messages)))] if data["to_check"] else []
    return [*to_check, html.table(caption, heads, [html.body(rows)])]


def _explained_row(finding: Mapping[str, Any], to_check: Sequence[str], widest: float, lang: str) -> Html:
    messages = messages_for(lang)
    counts = finding["asked"] and finding["rule"] != "ignore"
    fit = "" if finding["fit"] is None else format_number(finding["fit"], lang)
    weight = format_number(finding["weight"], lang) if counts else ""
    cells = [
        html.cell(html.text(label_criterion(finding["criterion"], messages)), WORD, scope="row"),
        html.cell(_outcome(finding, to_check, messages), SHORT),
        html.cell(html.text(fit), COUNT),
        html.cell(html.text(weight), COUNT),
        html.cell(_contribution(finding, widest, lang) if counts else Html(""), SHORT),
        html.cell(html.text(finding["text"]), CELL),
    ]
    return html.row(cells)


def _outcome(finding: Mapping[str, Any], to_check: Sequence[str], messages: Mapping[str, str]) -> Html:
    """Says in a word how a criterion is met, because colour alone does not reach everyone."""
    if finding["blocks"]:
        return Html(f"<b>✕ {html.text(messages['finding.blocks'])}</b>")
    if finding["criterion"] in to_check:
        return Html(f"<b>? {html.text(messages['finding.to_check'])}</b>")
    if finding["rule"] == "ignore":
        return html.faint(messages["rule.ignore"])
    if not finding["asked"] or finding["fit"] is None:
        return html.faint(messages["finding.not_asked"])
    if finding["fit"] >= 1:
        return html.text(messages["finding.met"])
    return html.text(messages["finding.partly_met"] if finding["fit"] > 0 else messages["finding.not_met"])


def _contribution(finding: Mapping[str, Any], widest: float, lang: str) -> Html:
    weight, contribution = float(finding["weight"]), float(finding["contribution"])
    if weight <= 0:
        return Html("")
    part, whole = format_number(contribution, lang), format_number(weight, lang)
    label = messages_for(lang)["part_of"].format(part=part, all=whole)
    return Html(html.bar(contribution, weight, widest, html.BLUE) + html.text(label))


def _near_miss_section(near_misses: Sequence[Mapping[str, Any]], lang: str, names: _Names) -> Html:
    messages = messages_for(lang)
    rows = [
        html.row(
            [
                html.cell(html.offer(miss["offer"], names), NAME, scope="row"),
                html.cell(html.text(format_number(miss["score"], lang)), COUNT),
                html.cell(html.text(label_criteria(miss["blockers"], messages)), WORD),
                html.cell(html.lines(html.text(change["text"]) for change in miss["changes"]), CELL),
                html.cell(html.text(label_criteria(miss["to_check"], messages)), WORD),
            ]
        )
        for miss in near_misses[:MAX_ROWS]
    ]
    heads = [(messages["field.offer"], WORD), (messages["score"], COUNT), (messages["blockers"], WORD)]
    heads += [(messages["changes"], WORD), (messages["finding.to_check"], WORD)]
    placeholder = messages["no_near_miss"]
    return html.section(messages["title.near_misses"], heads, rows, len(near_misses), placeholder, messages)


# Parts of plans and reports.


def _allocated(data: Mapping[str, Any], messages: Mapping[str, str]) -> str:
    unmet, met = len(data["unmet"]), len(data["referrals"])
    people = sum(int(data["objective"]["people"].get(priority, 0)) for priority in PRIORITIES)
    return messages["allocated"].format(unmet=unmet, needs=unmet + met, met=met, people=people)


def _quality(certificate: Mapping[str, Any], lang: str) -> str:
    messages = messages_for(lang)
    if certificate["optimal"]:
        return messages["optimal"]
    if certificate["gap"] is None:
        return messages["gap_possible"]
    gap = messages["gap"].format(gap=format_objective(certificate["gap"], lang))
    return f"{messages['gap_possible']} {gap}"


def _unmet_section(
    unmet: Sequence[Mapping[str, Any]], lang: str, names: _Names, servable: Sequence[str] = ()
) -> Html:
    messages = messages_for(lang)
    open_needs = set(servable)

    def remedies(need: Mapping[str, Any]) -> Html:
        found = [messages["servable"]] if need["need"] in open_needs else []
        found += format_remedies(need["facts"], lang, names, html.isolate)
        return html.lines(html.text(remedy) for remedy in found)

    rows = [
        html.row(
            [
                html.cell(html.identifier(need["need"]), ID, scope="row"),
                html.cell(html.text(need["text"]), CELL),
                html.cell(remedies(need), CELL),
            ]
        )
        for need in unmet[:MAX_ROWS]
    ]
    heads = [(messages["field.need"], WORD), (messages["field.reason"], WORD), (messages["remedy"], WORD)]
    return html.section(messages["title.unmet"], heads, rows, len(unmet), messages["all_met"], messages)


def _referral_section(referrals: Sequence[Mapping[str, Any]], lang: str, names: _Names) -> Html:
    messages = messages_for(lang)
    rows = [
        html.row(
            [
                html.cell(html.identifier(referral["need"]), ID, scope="row"),
                html.cell(html.offer(referral["offer"], names), NAME),
                html.cell(html.text(format_number(referral["score"], lang)), COUNT),
                html.cell(html.text(_notes(referral, messages)), CELL),
            ]
        )
        for referral in referrals[:MAX_ROWS]
    ]
    heads = [(messages["field.need"], WORD), (messages["field.offer"], WORD)]
    heads += [(messages["score"], COUNT), (messages["field.notes"], WORD)]
    placeholder = messages["no_referrals"]
    return html.section(messages["title.referrals"], heads, rows, len(referrals), placeholder, messages)


def _to_check(criteria: Sequence[str], messages: Mapping[str, str]) -> str:
    return f"{messages['finding.to_check']}: {label_criteria(criteria, messages)}"


def _notes(referral: Mapping[str, Any], messages: Mapping[str, str]) -> str:
    notes = [messages[f"field.{key}"] for key in ("fixed", "neighbour") if referral[key]]
    if referral["breaks"]:
        notes.append(f"{messages['field.breaks']}: {label_criteria(referral['breaks'], messages)}")
    if referral["to_check"]:
        notes.append(_to_check(referral["to_check"], messages))
    return "; ".join(notes)


def _bottleneck_section(offers: Sequence[Mapping[str, Any]], lang: str, names: _Names) -> Html:
    messages = messages_for(lang)
    rows: list[Html] = []
    for offer in offers[:MAX_ROWS]:
        if offer["places"] is None:
            used = messages["no_limit"].format(used=offer["used"])
        else:
            used = messages["part_of"].format(part=offer["used"], all=offer["places"])
        if offer.get("assumed"):
            used = f"{used} ({messages['assumed']})"
        cells = [
            html.cell(html.offer(offer["offer"], names), NAME, scope="row"),
            html.cell(html.text(used), CELL),
            html.cell(html.text(format_price(offer, lang)), CELL),
        ]
        rows.append(html.row(cells))
    heads = [(messages["field.offer"], WORD), (messages["used"], WORD), (messages["one_more"], WORD)]
    placeholder = messages["no_bottleneck"]
    return html.section(messages["title.bottlenecks"], heads, rows, len(offers), placeholder, messages)


def _missing_section(missing: Sequence[Mapping[str, Any]], messages: Mapping[str, str]) -> Html:
    rows = [
        html.row(
            [
                html.cell(html.name(offer["help"], messages["none.help"]), CELL, scope="row"),
                html.cell(html.name(offer["language"], messages["none.language"]), CELL),
                html.cell(html.name(offer["region"], messages["none.region"]), CELL),
                html.cell(html.text(format_people(offer["people_by_priority"], messages)), CELL),
                html.cell(html.text(offer["people"]), COUNT),
                html.cell(html.text(offer["needs"]), COUNT),
            ]
        )
        for offer in missing[:MAX_ROWS]
    ]
    heads = [(messages[f"kind.{key}"], WORD) for key in ("help", "language", "region", "priority")]
    heads += [(messages["field.people"], COUNT), (messages["field.needs"], COUNT)]
    return html.section(messages["title.wanted"], heads, rows, len(missing), messages["nothing_wanted"], messages)


def _tally_table(
    by: str, rows: Sequence[Mapping[str, Any]], total: Mapping[str, Any], messages: Mapping[str, str]
) -> Html:
    """Returns one table of a report. Priorities keep their order; other rows are sorted by unmet needs, descending."""
    caption = html.text(messages[f"title.by_{by}"])
    if not rows:
        return html.empty(caption, messages["no_rows"])
    if by != "priority":
        rows = sorted(rows, key=lambda row: (-row["unmet"], -row["needs"]))
    most_unmet = max([row["unmet"] for row in rows], default=0)
    body: list[Html] = []
    for row in rows[:MAX_ROWS]:
        label = html.text(label_row(row, messages))
        if row["code"] is not None and row.get("name") not in (None, row["code"]):
            label = Html(f"{label} {html.code(row['code'])}")
        body.append(html.row([html.cell(label, NAME, scope="row"), *_tally_cells(row, most_unmet)]))
    foot = html.cell(html.text(messages["total"]), NAME + STRONG_BORDER, scope="row")
    foot = html.row([foot, *_tally_cells(total, 0, STRONG_BORDER)])
    keys = ["field.unmet", "field.met", "of_which_by_neighbour", "field.needs"]
    keys += ["field.people_unmet", "field.people_met", "field.people", "field.cases"]
    heads = [(messages[f"kind.{by}"], WORD), *((messages[key], COUNT) for key in keys)]
    return html.table(caption, heads, [html.body(body)], html.more_rows(len(rows), messages), foot)


def _tally_cells(row: Mapping[str, Any], most_unmet: int, style: str = "") -> list[Html]:
    bar = html.bar(row["unmet"], row["unmet"], most_unmet, html.ORANGE) if most_unmet else ""
    # The number has the same width in every row, so that all bars begin at the same offset.
    unmet = Html(f'{bar}<span style="display:inline-block;min-width:2.5em">{html.text(row["unmet"])}</span>')
    keys = ("met", "met_by_neighbour", "needs", "people_unmet", "people_met", "people", "cases")
    return [html.cell(unmet, COUNT + style), *(html.cell(html.text(row[key]), COUNT + style) for key in keys)]
