"""What notebooks show: HTML that no id can break, and charts that add up to what they tell."""

import importlib
import json
import re
import sys
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from lotse import _html, plot, wire

INCIDENT = Path(__file__).parents[2] / "core" / "data" / "incident"
LANGS = ("de", "en", "de-simple")
HOSTILE = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onclick='alert(1)",
    "</td></table>&amp;",
    "\u202etxt",
)
TAGS = {"div", "p", "b", "br", "bdi", "span"} | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
VOID = {"br"}


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
    """Two offers with one place each, and more needs than that, all with ids and codes that try to be markup."""
    code, place = "x<b>", {"languages": ["de"], "capacity": 1}
    offers: list[dict[str, Any]] = [{"id": f"o{text}", "name": text, **place} for text in HOSTILE[:2]]
    offers += [{"id": f"p{text}", "languages": ["de"]} for text in HOSTILE]
    needs: list[dict[str, Any]] = [{"id": f"n{text}", "languages": ["de"]} for text in HOSTILE]
    needs += [{"id": f"m{text}", "languages": ["so"]} for text in HOSTILE]
    needs += [{"id": f"k{text}", "languages": ["de"], "people": 9, "priority": "stat"} for text in HOSTILE]
    request = {"offers": offers, "needs": needs, "as_of": "2026-11-23", "lang": lang}
    names = [{"kind": "language", "code": "so", "lang": one, "text": f"Somali {code}"} for one in ("de", "en")]
    return {**request, "vocabulary": {"names": names}}


class Page(HTMLParser):
    """Reads HTML as strictly as needed here: every tag is closed in order, and nothing can run or load."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []
        self.words: list[str] = []
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
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def pages(request: dict[str, Any]) -> dict[str, str]:
    lang = request["lang"]
    answers: dict[str, list[str]] = {
        "ranking": [_html.ranking(one, lang) for one in wire.rank(request)["rankings"]],
        "explanation": [_html.explanation(one, lang) for one in wire.explain(pairs(request))["explanations"]],
        "diagnosis": [_html.diagnosis(one, lang) for one in wire.diagnose(request)["diagnoses"]],
        "allocation": [_html.allocation(wire.allocate(request), lang)],
        "report": [_html.report(wire.report(request), lang)],
    }
    return {name: "".join(parts) for name, parts in answers.items()}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("make", [small, hostile])
def test_html_is_well_formed(make: Callable[[str], dict[str, Any]], lang: str) -> None:
    for name, text in pages(make(lang)).items():
        page = Page(text)
        assert page.headings and page.seen.count("table") == page.seen.count("caption"), name
        assert all(heading.get("scope") for heading in page.headings), name
        assert not re.search(r"url\(|https?:|#000|#fff|black|white(?!-space)|\{|\}", text), name


def test_no_id_becomes_markup() -> None:
    for name, text in pages(hostile()).items():
        # The parser above refuses every tag and attribute that is not ours; what was typed is read as it was typed.
        read = Page(text).text
        shown = [one for one in HOSTILE if one in read]
        assert shown, name
        assert "<script" not in text
    allocation = Page(_html.allocation(wire.allocate(hostile()), "en"))
    assert all(f"{start}{one}" in allocation.text for one in HOSTILE for start in "nm")


@pytest.mark.parametrize("hostile_text", HOSTILE)
def test_every_word_of_the_data_is_escaped(hostile_text: str) -> None:
    """Every text in an answer is replaced, also those that today's core would never write."""

    def spoil(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: spoil(part) for key, part in value.items()}  # pyright: ignore[reportUnknownVariableType]
        if isinstance(value, list):
            return [spoil(part) for part in value]  # pyright: ignore[reportUnknownVariableType]
        return hostile_text if isinstance(value, str) else value

    request = small()
    Page(_html.ranking(spoil(wire.rank(request)["rankings"][0]), "en"))
    Page(_html.explanation(spoil(wire.explain(pairs(request))["explanations"][0]), "en"))
    Page(_html.diagnosis(spoil(wire.diagnose(request)["diagnoses"][0]), "en"))
    Page(_html.allocation(spoil(wire.allocate(request)), "en"))
    Page(_html.report(spoil(wire.report(request)), "en"))


@pytest.mark.parametrize("lang", LANGS)
def test_a_ranking_shows_every_sentence(lang: str) -> None:
    for ranking in wire.rank({**incident(lang), "needs": incident()["needs"][:30]})["rankings"]:
        page = Page(_html.ranking(ranking, lang))
        assert ranking["need"] in page.text
        for match in ranking["matches"]:
            assert match["offer"] in page.text
            assert _html.number(match["score"], lang) in page.text
            assert all(reason["text"] in page.text for reason in match["reasons"])
        if not ranking["matches"]:
            assert _html.words(lang)["no_match"] in page.text


def test_a_ranking_without_reasons() -> None:
    answer = wire.rank({**incident(), "needs": incident()["needs"][:3], "reasons": False})
    for ranking in answer["rankings"]:
        page = Page(_html.ranking(ranking, "en"))
        assert all(match["offer"] in page.text for match in ranking["matches"])


@pytest.mark.parametrize("lang", LANGS)
def test_an_explanation_has_ten_rows_and_says_what_excludes(lang: str) -> None:
    excluded = 0
    for explanation in wire.explain(pairs(incident(lang)))["explanations"]:
        page = Page(_html.explanation(explanation, lang))
        assert sum(heading["scope"] == "row" for heading in page.headings) == 10
        assert all(reason["text"] in page.text for reason in explanation["reasons"])
        blocks = sum(reason["blocks"] for reason in explanation["reasons"])
        assert page.text.count(f"✕ {_html.words(lang)['excludes']}") == blocks
        excluded += blocks
    assert excluded


@pytest.mark.parametrize("lang", LANGS)
def test_an_allocation_tells_the_unmet_first(lang: str) -> None:
    plan, w = allocated(lang), _html.words(lang)
    text = Page(_html.allocation(plan, lang)).text
    assert text.index(str(len(plan["unmet"]))) < text.index(w["unmet_title"])
    cut = text.index(plan["referrals"][0]["need"])
    for unmet in plan["unmet"][: _html.MOST]:
        assert unmet["need"] in text[:cut]
        assert unmet["text"] in text[:cut]
    assert w["more"].format(more=len(plan["unmet"]) - _html.MOST) in text[:cut]
    assert w["more"].format(more=len(plan["referrals"]) - _html.MOST) in text[cut:]
    assert plan["referrals"][_html.MOST]["need"] not in text[cut:]


def test_offers_short_of_places_are_those_of_the_report() -> None:
    def short(text: str) -> list[str]:
        part = text[text.index(_html.words("en")["short"]) :]
        return re.findall(r"o-\d+", part.split("<table")[0])

    assert short(_html.allocation(allocated("en"), "en")) == short(_html.report(reported("en"), "en"))


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_at_all(lang: str) -> None:
    empty: dict[str, Any] = {"offers": [], "needs": [], "lang": lang}
    assert _html.words(lang)["all_met"] in Page(_html.allocation(wire.allocate(empty), lang)).text
    report = wire.report(empty)
    assert _html.words(lang)["none_wanted"] in Page(_html.report(report, lang)).text
    assert all(values(plot.met(report, by=by, lang=lang)) == [] for by in plot.BY)
    assert values(plot.prices(report, lang=lang)) == []
    [nobody] = wire.diagnose({**empty, "needs": [{"id": "n-1"}]})["diagnoses"]
    assert "n-1" in Page(_html.diagnosis(nobody, lang)).text


def test_words_are_the_same_in_every_language() -> None:
    def slots(sentence: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name}

    english = _html.words("en")
    for lang in LANGS:
        assert list(_html.words(lang)) == list(english)
        assert all(slots(text) == slots(english[key]) for key, text in _html.words(lang).items())
    with pytest.raises(ValueError, match="de-simple"):
        _html.words("fr")


# Charts.


def values(chart: Any) -> list[dict[str, Any]]:
    """All rows of a chart. Writing it checks it against the schema of Vega-Lite."""
    written: dict[str, Any] = chart.to_dict()
    assert written["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert written["description"]
    sets: dict[str, list[dict[str, Any]]] = written.get("datasets", {})
    found = [row for name in sorted(sets) for row in sets[name]]
    parts: list[Any] = [written]
    while parts:
        part = parts.pop()
        found += part.get("data", {}).get("values", [])
        parts += [*part.get("layer", ()), *part.get("hconcat", ())]
    return found


def bars(chart: Any) -> list[dict[str, Any]]:
    """The rows of a waterfall, each once, although its layers share them."""
    rows = values(chart)
    return list({row["label"]: row for row in rows}.values())


@pytest.mark.parametrize("lang", LANGS)
def test_a_waterfall_ends_at_the_score(lang: str) -> None:
    drawn = 0
    for ranking in wire.rank(small(lang))["rankings"]:
        for match in ranking["matches"][:1]:
            *steps, score = bars(plot.contributions(match, lang=lang))
            at = 0.0
            for step in steps:
                assert step["start"] == at
                assert step["start"] <= step["end"] <= step["limit"]
                at = step["end"]
            assert at == score["end"] == match["score"]
            sentences = {reason["text"] for reason in match["reasons"]}
            assert {step["text"] for step in steps} <= sentences
            drawn += 1
    assert drawn


def test_a_waterfall_of_an_excluded_offer_says_so() -> None:
    [explanation] = [one for one in wire.explain(pairs(incident()))["explanations"] if not one["matches"]][:1]
    chart = plot.contributions(explanation)
    assert "excluded" in chart.to_dict()["title"]["text"]
    assert [row["label"] for row in bars(chart) if row["kind"] == "excludes"]


def test_a_waterfall_without_reasons() -> None:
    [score] = bars(plot.contributions({"offer": "o-1", "score": 0.5, "to_check": []}))
    assert score["end"] == 0.5


@pytest.mark.parametrize("by", plot.BY)
@pytest.mark.parametrize("lang", LANGS)
def test_met_reconciles(by: str, lang: str) -> None:
    report, w = reported(lang), _html.words(lang)
    rows = values(plot.met(report, by=by, lang=lang))
    shown = sorted(report[f"by_{by}"], key=lambda row: -row["unmet"])[: plot.MOST]
    for outcome in ("unmet", "met_by_neighbour"):
        assert sum(row["count"] for row in rows if row["outcome"] == w[outcome]) == sum(row[outcome] for row in shown)
    assert len(rows) == 3 * len(shown)
    if len(report[f"by_{by}"]) <= plot.MOST:
        assert sum(row["count"] for row in rows) == report["total"]["needs"]
    unmet = [row["count"] for row in rows if row["outcome"] == w["unmet"]]
    assert unmet == sorted(unmet, reverse=True)


def test_rows_of_one_name_stay_apart() -> None:
    counts: dict[str, Any] = {"needs": 1, "people": 1, "cases": 1, "met": 1, "met_by_neighbour": 0, "unmet": 0}
    rows = [{"code": code, "name": "Leipzig", **counts} for code in ("14713", "14729")]
    rows.append({"code": None, **counts})
    labels = {row["label"] for row in values(plot.met({"by_region": rows}, by="region"))}
    assert labels == {"Leipzig (14713)", "Leipzig (14729)", "not told"}


def test_wrong_words_and_wrong_answers() -> None:
    report = reported("en")
    with pytest.raises(ValueError, match="help, language, region, crime, priority"):
        plot.met(report, by="age")
    with pytest.raises(ValueError, match="lang"):
        plot.prices(report, lang="fr")
    with pytest.raises(TypeError, match="no report"):
        plot.met(allocated("en"))


def test_prices_are_in_order() -> None:
    report = reported("en")
    chart = plot.prices(report).to_dict()
    first = [bottleneck["offer"] for bottleneck in report["bottlenecks"]][: plot.MOST]
    assert chart["hconcat"][0]["encoding"]["y"]["scale"]["domain"] == first
    assert "more" in chart["title"]["subtitle"]
    rows = values(plot.prices(report))
    people = sum(sum(one["price"]["people"].values()) for one in report["bottlenecks"][: plot.MOST])
    assert sum(row["people"] for row in rows if "people" in row) == people
    scores = {one["offer"]: one["price"]["score"] for one in report["bottlenecks"]}
    assert all(row["score"] == scores[row["label"]] for row in rows)


def test_objects_are_drawn_like_their_dicts() -> None:
    class Report:
        def to_dict(self) -> dict[str, Any]:
            return reported("en")

    assert plot.met(Report()).to_dict() == plot.met(reported("en")).to_dict()


def test_without_altair_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    monkeypatch.delitem(sys.modules, "lotse.plot")
    with pytest.raises(ImportError, match=re.escape("pip install 'lotse[plot]'")):
        importlib.import_module("lotse.plot")
