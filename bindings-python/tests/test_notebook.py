"""Tests of notebook output: HTML that no id can break, and charts that add up to the data."""

import csv
import importlib
import io
import json
import re
import sys
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import Any
from xml.etree import ElementTree

import pytest

import lotse
from lotse import _html, plot, wire
from lotse._format import format_number
from lotse._markup import MAX_ROWS
from lotse._messages import MESSAGES, messages_for

INCIDENT = Path(__file__).parents[2] / "core" / "data" / "incident"
LANGS = ("de", "en", "de-simple")
HOSTILE = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onclick='alert(1)",
    "</td></table>&amp;",
    "\u202etxt",
)
TAGS = {"div", "p", "b", "br", "bdi", "span"} | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "wbr"}
VOID = {"br", "wbr"}


def incident(lang: str = "en") -> dict[str, Any]:
    records = {name: json.loads((INCIDENT / f"{name}.json").read_text("utf-8")) for name in ("offers", "needs")}
    return {**records, "as_of": "2026-11-23", "lang": lang}


def small(lang: str = "en") -> dict[str, Any]:
    request = incident(lang)
    return {**request, "needs": request["needs"][:60]}


def pairs(request: dict[str, Any]) -> dict[str, Any]:
    offers, needs = request["offers"], request["needs"]
    return {**request, "pairs": [{"need": needs[0]["id"], "offer": offer["id"]} for offer in offers[:5]]}


@cache
def allocated(lang: str) -> dict[str, Any]:
    return wire.allocate(incident(lang))


@cache
def reported(lang: str) -> dict[str, Any]:
    return wire.report(incident(lang))


def hostile(lang: str = "en") -> dict[str, Any]:
    """Returns two offers with one place each, and more needs than places; all ids and codes look like markup."""
    code, service = "x<b>", {"languages": ["de"], "capacity": 1}
    offers: list[dict[str, Any]] = [{"id": f"o{text}", "name": text, **service} for text in HOSTILE[:2]]
    offers += [{"id": f"p{text}", "languages": ["de"]} for text in HOSTILE]
    needs: list[dict[str, Any]] = [{"id": f"n{text}", "languages": ["de"]} for text in HOSTILE]
    needs += [{"id": f"m{text}", "languages": ["so"]} for text in HOSTILE]
    needs += [{"id": f"k{text}", "languages": ["de"], "people": 9, "priority": "stat"} for text in HOSTILE]
    request = {"offers": offers, "needs": needs, "as_of": "2026-11-23", "lang": lang}
    names = [{"kind": "language", "code": "so", "lang": name, "text": f"Somali {code}"} for name in ("de", "en")]
    return {**request, "vocabulary": {"names": names}}


class Page(HTMLParser):
    """A strict parser: every tag is closed in order, and nothing can run or load."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []
        self.texts: list[str] = []
        self.headings: list[dict[str, str | None]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        assert set(names) <= {"style", "scope", "rowspan", "colspan", "lang", "aria-hidden"}, names
        assert tag in TAGS, tag
        self.seen.append(tag)
        if tag == "th":
            self.headings.append(dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


def pages(request: dict[str, Any]) -> dict[str, str]:
    lang = request["lang"]
    parts: dict[str, list[str]] = {
        "ranking": [_html.render_ranking(ranking, lang) for ranking in wire.rank(request)["rankings"]],
        "explanation": [
            _html.render_explanation(explanation, lang) for explanation in wire.explain(pairs(request))["explanations"]
        ],
        "diagnosis": [_html.render_diagnosis(diagnosis, lang) for diagnosis in wire.diagnose(request)["diagnoses"]],
        "allocation": [_html.render_allocation(wire.allocate(request), lang)],
        "report": [_html.render_report(wire.report(request), lang)],
        "match": [
            _html.render_match(match, lang) for ranking in wire.rank(request)["rankings"] for match in ranking["matches"][:1]
        ],
        **objects(request),
    }
    return {name: "".join(texts) for name, texts in parts.items()}


def objects(request: dict[str, Any]) -> dict[str, list[str]]:
    """Returns the pages of results that are no response: an evaluation, a difference, and tables."""
    options = {key: request[key] for key in ("as_of", "vocabulary") if key in request}
    matcher, needs = lotse.Matcher(request["offers"], **options), request["needs"]
    plan = matcher.allocate(needs, lang=request["lang"])
    matcher.set_capacity(plan.referrals[0]["offer"], 0)
    evaluation = matcher.evaluate(needs, plan, lang=request["lang"])
    later = matcher.allocate(needs)
    assert not evaluation.feasible and plan.diff(later)
    results: dict[str, Any] = {"evaluation": evaluation, "diff": plan.diff(later), "table": plan.to_table()}
    results |= imports([*(need["id"] for need in needs[:5]), "Kurdisch"], request["lang"])
    return {name: [result._repr_html_()] for name, result in results.items()}


def imports(words: list[str], lang: Any) -> dict[str, Any]:
    """Returns what an import of offers with these words gives: as cells, names of columns and names of files."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(["Nr", "Sprachen", "Status", *words])
    writer.writerows([number, word, word, *words] for number, word in enumerate(words))
    source = {f"{words[0]}.csv": file.getvalue().encode()}
    imported = lotse.import_offers(source, lang=lang)
    assert len(imported.questions) >= len(words)
    exported = lotse.export_offers([{"id": word, "capacity": 1} for word in words[:-1]], to="hsds3", lang=lang)
    assert exported.report["notes"]
    return {
        "imported": imported, "import report": imported.report, "questions": imported.questions, "exported": exported,
        "sketch": lotse.sketch_mapping(source, lang=lang),
    }  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("make", [small, hostile])
def test_html_is_well_formed(make: Callable[[str], dict[str, Any]], lang: str) -> None:
    for name, text in pages(make(lang)).items():
        page = Page(text)
        assert page.headings and page.seen.count("table") == page.seen.count("caption"), name
        assert all(heading.get("scope") for heading in page.headings), name
        # A narrow page scrolls the table.
        assert text.count("overflow-x:auto") == page.seen.count("table"), name
        assert not re.search(r"url\(|https?:|#000|#fff|black|white(?!-space)|\{|\}", text), name


def test_no_id_becomes_markup() -> None:
    for name, text in pages(hostile()).items():
        # The parser rejects unexpected tags and attributes, so an id that it reads as text is not markup.
        parsed = Page(text).text
        assert any(hostile_text in parsed for hostile_text in HOSTILE), name
        assert "<script" not in text
    allocation = Page(_html.render_allocation(wire.allocate(hostile()), "en"))
    assert all(f"{start}{hostile_text}" in allocation.text for hostile_text in HOSTILE for start in "nm")


@pytest.mark.parametrize("hostile_text", HOSTILE)
def test_every_text_of_the_data_is_escaped(hostile_text: str) -> None:
    """Replaces every text of a result, also those that the core writes itself."""

    def replace_texts(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: replace_texts(part) for key, part in value.items()}  # pyright: ignore[reportUnknownVariableType]
        if isinstance(value, list):
            return [replace_texts(part) for part in value]  # pyright: ignore[reportUnknownVariableType]
        return hostile_text if isinstance(value, str) else value

    request = small()
    Page(_html.render_ranking(replace_texts(wire.rank(request)["rankings"][0]), "en"))
    Page(_html.render_explanation(replace_texts(wire.explain(pairs(request))["explanations"][0]), "en"))
    Page(_html.render_diagnosis(replace_texts(wire.diagnose(request)["diagnoses"][0]), "en"))
    Page(_html.render_allocation(replace_texts(wire.allocate(request)), "en"))
    Page(_html.render_report(replace_texts(wire.report(request)), "en"))


@pytest.mark.parametrize("lang", LANGS)
def test_a_ranking_shows_every_sentence(lang: str) -> None:
    for ranking in wire.rank({**incident(lang), "needs": incident()["needs"][:30]})["rankings"]:
        page = Page(_html.render_ranking(ranking, lang))
        assert ranking["need"] in page.text
        for match in ranking["matches"]:
            assert match["offer"] in page.text
            assert format_number(match["score"], lang) in page.text
            assert all(finding["text"] in page.text for finding in match["reasons"])
        if not ranking["matches"]:
            assert messages_for(lang)["no_match"] in page.text


def test_a_ranking_without_reasons() -> None:
    response = wire.rank({**incident(), "needs": incident()["needs"][:3], "reasons": False})
    for ranking in response["rankings"]:
        page = Page(_html.render_ranking(ranking, "en"))
        assert all(match["offer"] in page.text for match in ranking["matches"])


@pytest.mark.parametrize("lang", LANGS)
def test_an_explanation_has_ten_rows_and_marks_exclusions(lang: str) -> None:
    excluded = 0
    for explanation in wire.explain(pairs(incident(lang)))["explanations"]:
        page = Page(_html.render_explanation(explanation, lang))
        assert sum(heading["scope"] == "row" for heading in page.headings) == 10
        assert all(finding["text"] in page.text for finding in explanation["reasons"])
        blocks = sum(finding["blocks"] for finding in explanation["reasons"])
        assert page.text.count(f"✕ {messages_for(lang)['finding.blocks']}") == blocks
        excluded += blocks
    assert excluded


@pytest.mark.parametrize("lang", LANGS)
def test_an_allocation_begins_with_unmet_needs(lang: str) -> None:
    plan, messages = allocated(lang), messages_for(lang)
    text = Page(_html.render_allocation(plan, lang)).text
    assert text.index(str(len(plan["unmet"]))) < text.index(messages["title.unmet"])
    cut = text.index(plan["referrals"][0]["need"])
    for unmet in plan["unmet"][:MAX_ROWS]:
        assert unmet["need"] in text[:cut]
        assert unmet["text"] in text[:cut]
    assert messages["more_rows"].format(more=len(plan["unmet"]) - MAX_ROWS) in text[:cut]
    assert messages["more_rows"].format(more=len(plan["referrals"]) - MAX_ROWS) in text[cut:]
    assert plan["referrals"][MAX_ROWS]["need"] not in text[cut:]


def test_offers_short_of_places_are_those_of_the_report() -> None:
    def short(text: str) -> list[str]:
        section = text[text.index(messages_for("en")["title.bottlenecks"]) :]
        return re.findall(r"o-\d+", section.split("<table")[0])

    assert short(_html.render_allocation(allocated("en"), "en")) == short(_html.render_report(reported("en"), "en"))


@pytest.mark.parametrize("lang", LANGS)
def test_empty_results(lang: str) -> None:
    empty: dict[str, Any] = {"offers": [], "needs": [], "lang": lang}
    assert messages_for(lang)["all_met"] in Page(_html.render_allocation(wire.allocate(empty), lang)).text
    report = wire.report(empty)
    assert messages_for(lang)["nothing_wanted"] in Page(_html.render_report(report, lang)).text
    assert all(values(plot.coverage(report, by=by, lang=lang)) == [] for by in plot.GROUPINGS)
    assert values(plot.shadow_prices(report, lang=lang)) == []
    [diagnosis] = wire.diagnose({**empty, "needs": [{"id": "n-1"}]})["diagnoses"]
    assert "n-1" in Page(_html.render_diagnosis(diagnosis, lang)).text


def test_every_language_has_the_same_messages() -> None:
    def placeholders(sentence: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name}

    english = messages_for("en")
    for lang in LANGS:
        assert list(messages_for(lang)) == list(english)
        assert all(placeholders(text) == placeholders(english[key]) for key, text in messages_for(lang).items())
    with pytest.raises(ValueError, match="de-simple"):
        messages_for("fr")


@pytest.mark.parametrize("lang", LANGS)
def test_codes_and_fields_have_the_labels_of_the_core(lang: Any) -> None:
    labels = lotse.labels(lang)
    report = Page(_html.render_report(reported(lang), lang)).text
    for row in reported(lang)["by_priority"]:
        assert labels["priority"][row["code"]] in report
    shown = [labels["field"]["met"], labels["field"]["unmet"], labels["kind"]["priority"], labels["kind"]["region"]]
    assert all(label in report for label in shown)
    prices = json.dumps(plot.shadow_prices(reported(lang), lang=lang).to_dict(), ensure_ascii=False)
    assert labels["priority"]["stat"] in prices and labels["field"]["offer"] in prices
    # No wording of a code of its own.
    codes = {code for codes in (labels["priority"], labels["unmet"], labels["finding"]) for code in codes}
    assert not codes & MESSAGES[lang].keys()


def test_notebooks_show_results_as_tables() -> None:
    need, offer = "n<script>alert(1)</script>", "o<b>&'\""
    matcher = lotse.Matcher([{"id": offer, "name": "<i>name</i>", "languages": ["de"], "capacity": 1}])
    needs = [
        {"id": need, "languages": ["de"]},
        {"id": "n<u>", "languages": ["de"]},
        {"id": "n<s>", "languages": ["ti"]},
    ]
    plan = matcher.allocate(needs, lang="de")
    results = [
        matcher.rank(needs[0]), matcher.explain(needs[0], offer), matcher.diagnose(needs[2]), plan, plan.report(),
    ]  # fmt: skip
    for result in results:
        shown = result._repr_html_()  # type: ignore[attr-defined]
        assert "<table" in shown and "</table>" in shown
        for mark in ("<script", "<u>", "<s>", "<i>", "o<b>"):
            assert mark not in shown, type(result)
    first = matcher.rank(needs[0])._repr_html_()
    assert "&lt;script&gt;" in first and "o&lt;b&gt;&amp;" in first
    assert "Ohne Platz" in plan._repr_html_()  # type: ignore[attr-defined]


# Charts.


def values(chart: Any) -> list[dict[str, Any]]:
    """Returns all rows of a chart. Its serialization validates it by the schema of Vega-Lite."""
    spec: dict[str, Any] = chart.to_dict()
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert spec["description"]
    sets: dict[str, list[dict[str, Any]]] = spec.get("datasets", {})
    rows = [row for name in sorted(sets) for row in sets[name]]
    parts: list[Any] = [spec]
    while parts:
        part = parts.pop()
        rows += part.get("data", {}).get("values", [])
        parts += [*part.get("layer", ()), *part.get("hconcat", ())]
    return rows


def bars(chart: Any) -> list[dict[str, Any]]:
    """Returns each row of a waterfall once, although its layers share them."""
    rows = values(chart)
    return list({row["label"]: row for row in rows}.values())


@pytest.mark.parametrize("lang", LANGS)
def test_a_waterfall_ends_at_the_score(lang: str) -> None:
    drawn = 0
    for ranking in wire.rank(small(lang))["rankings"]:
        for match in ranking["matches"][:1]:
            *steps, score = bars(plot.contributions(match, lang=lang))
            running = 0.0
            for step in steps:
                assert step["start"] == running
                assert step["start"] <= step["end"] <= step["limit"]
                running = step["end"]
            assert running == score["end"] == match["score"]
            sentences = {finding["text"] for finding in match["reasons"]}
            assert {step["text"] for step in steps} <= sentences
            drawn += 1
    assert drawn


def test_a_waterfall_of_an_excluded_offer_is_marked() -> None:
    explanations = wire.explain(pairs(incident()))["explanations"]
    explanation = next(explanation for explanation in explanations if not explanation["matches"])
    chart = plot.contributions(explanation)
    assert "excluded" in chart.to_dict()["title"]["text"]
    assert [row["label"] for row in bars(chart) if row["kind"] == "excludes"]


def test_a_waterfall_without_reasons() -> None:
    [score] = bars(plot.contributions({"offer": "o-1", "score": 0.5, "to_check": []}))
    assert score["end"] == 0.5


@pytest.mark.parametrize("by", plot.GROUPINGS)
@pytest.mark.parametrize("lang", LANGS)
def test_coverage_adds_up(by: str, lang: str) -> None:
    report, messages = reported(lang), messages_for(lang)
    rows = values(plot.coverage(report, by=by, lang=lang))
    shown = sorted(report[f"by_{by}"], key=lambda row: -row["unmet"])[: plot.MAX_ROWS]
    for outcome in ("unmet", "met_by_neighbour"):
        assert sum(row["count"] for row in rows if row["outcome"] == messages[f"field.{outcome}"]) == sum(
            row[outcome] for row in shown
        )
    assert len(rows) == 3 * len(shown)
    if len(report[f"by_{by}"]) <= plot.MAX_ROWS:
        assert sum(row["count"] for row in rows) == report["total"]["needs"]
    unmet = [row["count"] for row in rows if row["outcome"] == messages["field.unmet"]]
    assert unmet == sorted(unmet, reverse=True)


def test_rows_with_equal_names_are_distinct() -> None:
    counts: dict[str, Any] = {"needs": 1, "people": 1, "cases": 1, "met": 1, "met_by_neighbour": 0, "unmet": 0}
    rows = [{"code": code, "name": "Leipzig", **counts} for code in ("14713", "14729")]
    rows.append({"code": None, **counts})
    labels = {row["label"] for row in values(plot.coverage({"by_region": rows}, by="region"))}
    assert labels == {"Leipzig (14713)", "Leipzig (14729)", lotse.labels()["none"]["code"]}


def test_wrong_arguments() -> None:
    report = reported("en")
    with pytest.raises(ValueError, match="help, language, region, crime, priority"):
        plot.coverage(report, by="age")
    with pytest.raises(ValueError, match="lang"):
        plot.shadow_prices(report, lang="fr")
    with pytest.raises(TypeError, match="not a report"):
        plot.coverage(allocated("en"))


def test_shadow_prices_are_sorted() -> None:
    report = reported("en")
    chart = plot.shadow_prices(report).to_dict()
    first = [bottleneck["offer"] for bottleneck in report["bottlenecks"]][: plot.MAX_ROWS]
    assert chart["hconcat"][0]["encoding"]["y"]["scale"]["domain"] == first
    assert "more" in chart["title"]["subtitle"]
    rows = values(plot.shadow_prices(report))
    people = sum(sum(offer["price"]["people"].values()) for offer in report["bottlenecks"][: plot.MAX_ROWS])
    assert sum(row["people"] for row in rows if "people" in row) == people
    scores = {offer["offer"]: offer["price"]["score"] for offer in report["bottlenecks"]}
    assert all(row["score"] == scores[row["label"]] for row in rows)


def test_objects_are_drawn_like_their_dicts() -> None:
    class Report:
        def to_dict(self) -> dict[str, Any]:
            return reported("en")

    assert plot.coverage(Report()).to_dict() == plot.coverage(reported("en")).to_dict()


def test_the_error_without_altair_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    monkeypatch.delitem(sys.modules, "lotse.plot")
    with pytest.raises(ImportError, match=re.escape("pip install 'lotse-matching[plot]'")):
        importlib.import_module("lotse.plot")


# Charts without the internet.

LOADED = re.compile(r"""(?:src|href|xlink:href)\s*=\s*["']?\s*(?:https?:)?//|url\(\s*["']?https?:|@import""")
"""A reference that a browser loads. Names of XML and schemas are no references."""


def charts() -> list[Any]:
    matcher = lotse.Matcher(lotse.example.offers(), as_of=lotse.example.AS_OF)
    needs = lotse.example.needs()
    report = matcher.allocate(needs[:80]).report()
    match = next(ranking[0] for ranking in matcher.rank_all(needs[:9]) if len(ranking))
    return [plot.contributions(match), plot.coverage(report), plot.shadow_prices(report, lang="de")]


def test_notebooks_show_charts_without_the_internet() -> None:
    for chart in [*charts(), charts()[1].properties(width=300)]:
        [(kind, svg)] = chart._repr_mimebundle_(None, None).items()
        assert kind == "image/svg+xml" and not LOADED.search(svg)
        root = ElementTree.fromstring(svg)
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert "text" in tags and not tags & {"script", "image", "foreignObject", "a"}
        assert chart.to_dict()["title"]["text"] in "".join(root.itertext())


def test_a_renderer_that_is_enabled_takes_precedence() -> None:
    alt = importlib.import_module("altair")
    before, [chart, *_] = alt.renderers.active, charts()
    with alt.renderers.enable("mimetype"):
        assert "application/vnd.vegalite" in str(chart._repr_mimebundle_(None, None))
    # Drawing and displaying change no state of Altair.
    assert alt.renderers.active == before == "default"


def test_a_saved_page_loads_nothing(tmp_path: Path) -> None:
    for number, chart in enumerate(charts()):
        path = tmp_path / f"{number}.html"
        chart.save(path)
        page = path.read_text("utf-8")
        # What the scripts contain is no markup of the page.
        assert not LOADED.search(re.sub(r"<script[^>]*>.*?</script>", "", page, flags=re.DOTALL))
        assert not re.search(r"<script[^>]+src", page) and "vegaEmbed" in page
        assert not re.search(r"<script[^>]+src", chart.to_html())
        chart.save(tmp_path / f"{number}.svg")
        assert "<svg" in (tmp_path / f"{number}.svg").read_text("utf-8")


def test_without_the_converter_charts_are_those_of_altair(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plot, "_has_converter", lambda: False)
    [chart, *_] = charts()
    assert "text/html" in chart._repr_mimebundle_(None, None)
    assert "https://cdn.jsdelivr.net" in chart.to_html()


def test_charts_name_offers() -> None:
    offers = [{"id": "o-1", "name": "Opferhilfe Bautzen", "capacity": 1}, {"id": "o-2", "capacity": 0}]
    matcher = lotse.Matcher(offers)
    report = matcher.allocate([{"id": "n-1"}, {"id": "n-2"}]).report()
    assert "Opferhilfe Bautzen (o-1)" in {row["label"] for row in values(plot.shadow_prices(report))}
    assert "Opferhilfe Bautzen (o-1)" in plot.contributions(matcher.rank({"id": "n-1"})[0]).to_dict()["title"]["text"]


@pytest.mark.parametrize("lang", LANGS)
def test_an_import_begins_with_what_is_missing(lang: Any) -> None:
    source = "Nr;Name;Sprachen;Notizen\n1;Treff;Kurdisch;x\n1;Haus;Deutsch;y\n2;Hof;Farsi;z\n".encode()
    imported, labels = lotse.import_offers(source, lang=lang), lotse.import_labels(lang)
    text = Page(imported._repr_html_()).text
    left_out, questions = labels["section"]["left_out"], labels["section"]["questions"]
    titles = [text.index(title[:1].upper() + title[1:]) for title in (left_out, questions)]
    assert titles == sorted(titles) and titles[1] < text.index(messages_for(lang)["import.columns"])
    assert labels["why"]["umbrella"] in text and "language:kurdisch" in text and "'kmr'" in text
    assert labels["use"]["never"] in text and messages_for(lang)["import.by_sketch"] in text
    # A question shows the name of a code in the display language.
    assert lotse.Vocabulary().name("language", "kmr", lang=lang) in text


def test_a_report_of_needs_shows_no_cell() -> None:
    source = "Nr;Name;Sprache\n7;Beispiel;wenig Deutsch von Nachbarn\n".encode()
    imported = lotse.import_needs(source, lang="de")
    text = Page(imported._repr_html_()).text
    assert "Beispiel" not in text and "Nachbarn" not in text
    assert "nicht gezeigt (Zeile 2)" in text and "language@row 2" in text
