#!/usr/bin/env python3
"""Write the example incident: offers.json and needs.json in the folder of this script.

Everything in it is fictitious: the festival, the attack, every person, every organisation.

    python3 make.py            rewrite both files
    python3 make.py --check    verify both files and the table of README.md, and print it

Offers are written by hand. Needs are sampled without replacement from hand-written multisets by a random number
generator with a fixed seed, so that every run, on every version of Python, gives the same bytes. Only the standard
library is used.

Short notations of the tables below:
    languages of a need    "uk ru de:A2"            tag, tag:level
    languages of an offer  "de en prs/interpreter"  tag, tag/how
    crimes of an offer     "any 01 0101+terrorism +hate"  code, code+context, +context
    capacity               "3/10 @22"   3 of 10 places free, figure of 22 November 2026; "state" or "state 3/10"; a
                           date may be written out: "@2026-10-30"
"""

import json
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
AS_OF = "2026-11-23"
SEED = 20261121


# --- random numbers -----------------------------------------------------------------------------------------------


class Rng:
    """SplitMix64 (Steele, Lea, Flood 2014). Python's `random` may shuffle otherwise in another version."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return (z ^ (z >> 31)) % bound

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, items):
        return items[self.below(len(items))]

    def shuffled(self, items):
        items = list(items)
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
        return items

    def deck(self, counts):
        """Returns the values of the multiset `{value: count}` or `[(value, count)]`, shuffled."""
        pairs = counts.items() if isinstance(counts, dict) else counts
        return self.shuffled(value for value, count in pairs for _ in range(count))


# --- places (public, approximate town centres) --------------------------------------------------------------------

PLACES = {
    "Altenburg": ("16077", 50.99, 12.44),
    "Annaberg": ("14521", 50.58, 13.00),
    "Aue": ("14521", 50.59, 12.70),
    "Bautzen": ("14625", 51.18, 14.42),
    "Berlin": ("11000", 52.52, 13.40),
    "Bitterfeld": ("15082", 51.62, 12.33),
    "Chemnitz": ("14511", 50.83, 12.92),
    "Dresden": ("14612", 51.05, 13.74),
    "Elsterwerda": ("12062", 51.46, 13.52),
    "Freiberg": ("14522", 50.92, 13.34),
    "Freital": ("14628", 51.00, 13.65),
    "Görlitz": ("14626", 51.15, 14.99),
    "Greiz": ("16076", 50.66, 12.20),
    "Grimma": ("14729", 51.24, 12.73),
    "Hamburg": ("02000", 53.55, 9.99),
    "Hoyerswerda": ("14625", 51.43, 14.25),
    "Leipzig": ("14713", 51.34, 12.37),
    "Meißen": ("14627", 51.16, 13.47),
    "Merseburg": ("15088", 51.36, 11.99),
    "Pirna": ("14628", 50.96, 13.94),
    "Plauen": ("14523", 50.50, 12.14),
    "Radebeul": ("14627", 51.11, 13.67),
    "Riesa": ("14627", 51.31, 13.29),
    "Senftenberg": ("12066", 51.52, 14.00),
    "Torgau": ("14730", 51.56, 13.00),
    "Zittau": ("14626", 50.90, 14.81),
    "Zwickau": ("14524", 50.72, 12.49),
}

# --- offers: organisations ----------------------------------------------------------------------------------------

# slug: name and a telephone number range without subscribers (reserved in Germany for film and television)
ORGANISATIONS = {
    "sternbogen": ("Klinikum Sternbogen (fiktiv)", "+49 30 23125"),
    "weidengrund": ("Klinik Weidengrund (fiktiv)", "+49 69 90009"),
    "quellhof": ("Gesundheitszentrum Quellhof (fiktiv)", "+49 40 66969"),
    "waldhoehe": ("Rehazentrum Waldhöhe (fiktiv)", "+49 89 99998"),
    "lindenhof": ("Lindenhof Opferberatung (fiktiv)", "+49 30 23125"),
    "brueckenwerk": ("Brückenwerk e. V. (fiktiv)", "+49 221 4710"),
    "nachtlicht": ("Nachtlicht Krisendienste (fiktiv)", "+49 40 66969"),
    "apfelbaum": ("Familienhaus Apfelbaum (fiktiv)", "+49 69 90009"),
    "lichtung": ("Kinder- und Jugendhilfe Lichtung (fiktiv)", "+49 89 99998"),
    "abendstern": ("Trauerhaus Abendstern (fiktiv)", "+49 221 4710"),
    "weggefaehrten": ("Netzwerk Weggefährten (fiktiv)", "+49 30 23125"),
    "gegenlicht": ("Fachstelle Gegenlicht (fiktiv)", "+49 69 90009"),
    "rechtsbruecke": ("Rechtsbrücke e. V. (fiktiv)", "+49 40 66969"),
    "federkiel": ("Kanzleiverbund Federkiel (fiktiv)", "+49 89 99998"),
    "ausgleich": ("Amt für Ausgleich Musterland (fiktiv)", "+49 221 4710"),
    "lichterfonds": ("Bürgerfonds Lichterkette (fiktiv)", "+49 30 23125"),
    "kompass": ("Lotsendienst Kompass (fiktiv)", "+49 69 90009"),
    "sprachnetz": ("Sprachnetz Babylon (fiktiv)", "+49 40 66969"),
    "handreichung": ("Nachbarschaft Handreichung (fiktiv)", "+49 89 99998"),
    "windschatten": ("Schutzhaus Windschatten (fiktiv)", "+49 221 4710"),
    "stillerort": ("Seelsorge Stiller Ort (fiktiv)", "+49 30 23125"),
    "auskunft": ("Auskunftsstelle Leuchtfeuer (fiktiv)", "+49 69 90009"),
    "blaulicht": ("Kollegiale Hilfe Drehleiter (fiktiv)", "+49 40 66969"),
    "havelblick": ("Ambulanz Havelblick (fiktiv)", "+49 30 23125"),
    "saaletal": ("Beratungsring Saaletal (fiktiv)", "+49 221 4710"),
}


def offer_language(word):
    tag, _, how = word.partition("/")
    return {"tag": tag, "how": how} if how else tag


def crime_scope(word):
    code, _, context = word.partition("+")
    if not context:
        return code
    scope = {"code": code} if code else {}
    scope["context"] = context.split("+")
    return scope


def capacity(text):
    if isinstance(text, int):
        return text
    parsed = {}
    for word in text.split():
        if word.startswith("@"):
            day = word[1:]
            parsed["updated"] = day if "-" in day else f"2026-11-{day}"
        elif word[0].isdigit():
            free, _, total = word.partition("/")
            parsed["free"] = int(free)
            if total:
                parsed["total"] = int(total)
        else:
            parsed["state"] = word
    order = ("free", "total", "state", "updated")
    return {key: parsed[key] for key in order if key in parsed}


OFFERS = []


def offer(name, organisation, help_kinds, *, languages="", area="", at="", region="", crimes="", places=None, roles="",
          genders="", ages=None, formats="", access="", no_access="", contact="phone email url"):
    """Append an offer. Omitted values are unknown: real lists have many such gaps."""
    label, range_start = ORGANISATIONS[organisation]
    number = len(OFFERS) + 1
    record = {"id": f"o-{number:02}", "name": name, "organisation": label, "help": help_kinds.split()}
    if languages:
        record["languages"] = [offer_language(word) for word in languages.split()]
    if area:
        record["area"] = area.split()
    if at:
        kreis, lat, lon = PLACES[at]
        record["place"] = {"region": kreis, "lat": lat, "lon": lon}
    elif region:
        record["place"] = {"region": region}
    if crimes:
        record["crimes"] = [crime_scope(word) for word in crimes.split()]
    if places is not None:
        record["capacity"] = capacity(places)
    if roles:
        record["roles"] = roles.split()
    if genders:
        record["genders"] = genders.split()
    if ages:
        record["ages"] = {key: value for key, value in zip(("min", "max"), ages) if value is not None}
    if formats:
        record["formats"] = formats.split()
    if access:
        record["access"] = access.split()
    if no_access:
        record["no_access"] = no_access.split()
    ways = {
        "phone": f"{range_start} {100 + number}",
        "email": f"hilfe@{organisation}.example.org",
        "url": f"https://{organisation}.example.org/",
    }
    if contact:
        record["contact"] = {way: ways[way] for way in contact.split()}
    OFFERS.append(record)


# --- offers: trauma clinics ---------------------------------------------------------------------------------------

offer("Traumaambulanz Sternbogen, Dresden", "sternbogen", "psychosocial.trauma_clinic",
      languages="de en", area="14612 14627 14628", at="Dresden", crimes="01 02 03", places="4/14 @22",
      ages=(18, None), formats="on_site video", access="wheelchair")
offer("Traumaambulanz Sternbogen für Kinder und Jugendliche, Dresden", "sternbogen", "psychosocial.trauma_clinic",
      languages="de en ar/interpreter uk/on_request", area="14612 14625 14626 14627 14628", at="Dresden",
      crimes="01 02 03", places="3/8 @22", ages=(None, 17), formats="on_site", access="wheelchair child_friendly")
offer("Traumaambulanz Weidengrund, Dresden", "weidengrund", "psychosocial.trauma_clinic",
      languages="de ru", area="14612 14628", at="Dresden", crimes="any", places="assessment 2/6 @23",
      ages=(18, None), formats="on_site", no_access="wheelchair")
offer("Traumaambulanz Quellhof, Pirna", "quellhof", "psychosocial.trauma_clinic",
      languages="de", area="14628", at="Pirna", crimes="01 02", places="waitlist @20", contact="phone")
offer("Traumaambulanz Quellhof, Görlitz", "quellhof", "psychosocial.trauma_clinic psychosocial.psychotherapy",
      languages="de pl", area="14625 14626", at="Görlitz", crimes="01 02 03", places="3/6 @21", ages=(18, None),
      formats="on_site phone")
offer("Traumaambulanz Quellhof, Bautzen", "quellhof", "psychosocial.trauma_clinic",
      languages="de hsb", area="14625", at="Bautzen", crimes="any", ages=(18, None), contact="phone url")
offer("Traumaambulanz Weidengrund, Riesa", "weidengrund", "psychosocial.trauma_clinic",
      languages="de", area="14627 14730", at="Riesa", crimes="01 02", places="4/6 @2026-10-30", formats="on_site",
      access="wheelchair")
offer("Traumaambulanz Sternbogen, Chemnitz", "sternbogen", "psychosocial.trauma_clinic psychosocial.psychotherapy",
      languages="de en ru/on_request", area="14511 14521 14522", at="Chemnitz", crimes="01 02 03", places="4/10 @20",
      ages=(18, None), formats="on_site video", access="wheelchair induction_loop")
offer("Traumaambulanz Sternbogen für Kinder und Jugendliche, Chemnitz", "sternbogen", "psychosocial.trauma_clinic",
      languages="de", area="14511 14521 14522 14523 14524", at="Chemnitz", crimes="01 02 03", places="2/5 @21",
      ages=(None, 20), formats="on_site", access="child_friendly")
offer("Traumaambulanz Quellhof, Leipzig", "quellhof", "psychosocial.trauma_clinic",
      languages="de en ar prs/interpreter fa/interpreter", area="14713 14729 14730", at="Leipzig", crimes="01 02 03",
      places="4/12 @22", ages=(18, None), formats="on_site video", access="wheelchair free_of_charge")
offer("Traumaambulanz Lichtung für Kinder und Jugendliche, Leipzig", "lichtung", "psychosocial.trauma_clinic",
      languages="de en", area="14713 14729 14730", at="Leipzig", crimes="any", places="full @23", ages=(None, 17),
      formats="on_site", access="child_friendly")
offer("Traumaambulanz Weidengrund, Zwickau", "weidengrund", "psychosocial.trauma_clinic",
      languages="de", area="14523 14524", at="Zwickau", crimes="01 02", places="2/4 @20", ages=(18, None),
      formats="on_site")
offer("Traumaambulanz Weidengrund, Plauen", "weidengrund", "psychosocial.trauma_clinic",
      languages="de cs/on_request", area="14523", at="Plauen", places="assessment @22", ages=(18, None),
      contact="phone")
offer("Traumasprechstunde am Bildschirm", "quellhof", "psychosocial.trauma_clinic",
      languages="de en uk/interpreter ru/interpreter", area="14", region="14", crimes="01 02", places="2/4 @22",
      ages=(18, None), formats="video")
offer("Ambulanz Havelblick, Berlin", "havelblick", "psychosocial",
      languages="de en tr ar/interpreter", area="11 12", at="Berlin", crimes="any", places="2/20 @20",
      ages=(18, None), formats="on_site video", access="wheelchair")
offer("Traumaambulanz Saaletal, Merseburg", "saaletal", "psychosocial.trauma_clinic",
      languages="de", area="15", at="Merseburg", crimes="01 02 03", places="2/5 @21", formats="on_site")
offer("Traumaambulanz Saaletal, Altenburg", "saaletal", "psychosocial.trauma_clinic",
      languages="de", area="16076 16077", at="Altenburg", crimes="01 02", places=1, ages=(16, None), contact="phone")

# --- offers: counselling ------------------------------------------------------------------------------------------

offer("Lindenhof Opferberatung, Dresden", "lindenhof",
      "psychosocial.counselling legal.witness_support practical.authority_accompaniment financial.compensation_claim",
      languages="de en", area="14612 14628", at="Dresden", crimes="any", places="11/24 @23", roles="any", genders="any",
      formats="on_site phone video", access="wheelchair free_of_charge no_police_report")
offer("Lindenhof Opferberatung, Leipzig", "lindenhof",
      "psychosocial.counselling legal.witness_support practical.authority_accompaniment financial.compensation_claim",
      languages="de en ru/on_request", area="14713 14729 14730", at="Leipzig", crimes="any", places="5/16 @22",
      roles="any", genders="any", formats="on_site phone", access="wheelchair free_of_charge no_police_report")
offer("Lindenhof Opferberatung, Chemnitz", "lindenhof", "psychosocial.counselling financial.compensation_claim",
      languages="de", area="14511 14521 14522", at="Chemnitz", crimes="any", places="4/10 @21", roles="any",
      formats="on_site phone", access="free_of_charge no_police_report", no_access="wheelchair")
offer("Lindenhof Opferberatung, Görlitz", "lindenhof", "psychosocial.counselling practical.authority_accompaniment",
      languages="de pl hsb/on_request", area="14625 14626", at="Görlitz", crimes="any", places="3/8 @20", roles="any",
      formats="on_site phone outreach", access="free_of_charge no_police_report")
offer("Lindenhof Opferberatung, Zwickau und Plauen", "lindenhof", "psychosocial.counselling",
      languages="de", area="14523 14524", at="Zwickau", crimes="any", places="4/8 @20", roles="any",
      formats="on_site phone", access="free_of_charge no_police_report")
offer("Lindenhof Mobile Beratung", "lindenhof", "psychosocial.counselling",
      languages="de de-simple", area="14", crimes="any", places="3/6 @23", roles="any", formats="outreach",
      access="free_of_charge easy_language")
offer("Beratung in vielen Sprachen, Dresden", "brueckenwerk",
      "psychosocial.counselling practical.authority_accompaniment",
      languages="de ar prs/interpreter fa/interpreter ti/interpreter so/on_request", area="14612 14627 14628",
      at="Dresden", crimes="any", places="2/6 @22", formats="on_site phone", access="free_of_charge anonymous")
offer("Beratung in vielen Sprachen, Leipzig", "brueckenwerk", "psychosocial.counselling",
      languages="de ar kmr ckb/interpreter ti/on_request", area="14713 14729 14730", at="Leipzig", crimes="any",
      places="2/6 @21", formats="on_site video", access="free_of_charge")
offer("Ukrainische Beratung", "brueckenwerk", "psychosocial.counselling psychosocial.child_support",
      languages="uk ru", area="14", at="Dresden", crimes="any", places="3/8 @22", formats="on_site phone video",
      access="free_of_charge")
offer("Beratung auf Dari und Farsi", "brueckenwerk", "psychosocial.counselling",
      languages="prs fa de", area="DE", crimes="any", places="waitlist @21", formats="phone chat")
offer("Vietnamesische Familienberatung", "brueckenwerk", "psychosocial.counselling practical.everyday",
      languages="vi de", area="14612 14625 14627 14628", at="Dresden", places="4 @20", formats="on_site outreach")
offer("Beratung auf Türkisch, Rumänisch und Polnisch", "brueckenwerk", "psychosocial.counselling",
      languages="tr ro/on_request pl de", area="14", places="4/6 @20", formats="phone video", contact="phone email")
offer("Familienberatung Apfelbaum, Dresden", "apfelbaum", "psychosocial.counselling psychosocial.child_support",
      languages="de en", area="14612 14627 14628", at="Dresden", crimes="any", places="6/12 @22",
      formats="on_site phone", access="child_friendly wheelchair")
offer("Gespräche in einfacher Sprache, Dresden", "apfelbaum", "psychosocial.counselling practical.everyday",
      languages="de-simple de", area="14612", at="Dresden", places="2/4 @20", formats="on_site",
      access="easy_language wheelchair")
offer("Beratung in Gebärdensprache", "lindenhof", "psychosocial.counselling legal.first_advice",
      languages="gsg", area="14", at="Leipzig", crimes="any", places="2/3 @20", formats="video on_site",
      access="free_of_charge")
offer("Nachsorge für Einsatzkräfte", "blaulicht", "psychosocial.acute psychosocial.counselling",
      languages="de", area="14", at="Dresden", crimes="any", places="10/20 @23", roles="emergency_crew",
      ages=(18, None), formats="on_site outreach phone")
offer("Gespräche für Ersthelfende und Zeugen", "weggefaehrten", "psychosocial.counselling",
      languages="de en", area="DE", places="6 @22", roles="first_aider witness supporter", formats="phone video")
offer("Fachstelle Gegenlicht gegen rechte Gewalt", "gegenlicht",
      "psychosocial.counselling legal.first_advice legal.court_accompaniment protection.safety_advice",
      languages="de en ar fa/on_request ti/on_request", area="14", at="Dresden", crimes="+hate", places="6/12 @22",
      roles="any", genders="any", formats="outreach on_site video", access="free_of_charge no_police_report anonymous")
offer("Beratung Brandenburg Süd", "havelblick", "psychosocial.counselling",
      languages="de", area="12062 12066 12071", at="Senftenberg", places="3/5 @20", formats="on_site phone")
offer("Beratung Saaletal, Bitterfeld", "saaletal", "psychosocial.counselling legal.witness_support",
      languages="de", area="15", at="Bitterfeld", crimes="any", places="2/6 @21")
offer("Beratung Saaletal, Greiz", "saaletal", "psychosocial.counselling financial.compensation_claim",
      languages="de", area="16", at="Greiz", crimes="any", places="3/6 @2026-11-05", formats="on_site phone")

# --- offers: acute support ----------------------------------------------------------------------------------------

offer("Krisentelefon Nachtlicht (24 Stunden)", "nachtlicht", "psychosocial.acute information.referral",
      languages="de en", area="DE", crimes="any", places="unlimited", roles="any", genders="any",
      formats="phone chat", access="anonymous free_of_charge no_police_report")
offer("Akuthilfe Nachtlicht, Dresden", "nachtlicht", "psychosocial.acute",
      languages="de en/on_request", area="14612 14627 14628", at="Dresden", crimes="any", places="9/20 @23",
      roles="any", formats="outreach on_site", access="free_of_charge")
offer("Akuthilfe Nachtlicht, Leipzig", "nachtlicht", "psychosocial.acute",
      languages="de en", area="14713 14729 14730", at="Leipzig", crimes="any", places="5/10 @23", roles="any",
      formats="outreach on_site")
offer("Akuthilfe Nachtlicht, Lausitz", "nachtlicht", "psychosocial.acute",
      languages="de hsb pl/on_request", area="14625 14626 12071", at="Bautzen", crimes="any", places="4/8 @22",
      formats="outreach", contact="phone")
offer("Akuthilfe Nachtlicht, Südwest", "nachtlicht", "psychosocial.acute",
      languages="de", area="14511 14521 14522 14523 14524", at="Chemnitz", crimes="any", places="4/8 @22",
      formats="outreach on_site", contact="phone")
offer("Krisentelefon auf Arabisch, Dari und Kurdisch", "brueckenwerk", "psychosocial.acute",
      languages="ar prs kmr/on_request", area="DE", crimes="any", places="3/4 @23", formats="phone")
offer("Krisentelefon auf Ukrainisch und Russisch", "brueckenwerk", "psychosocial.acute",
      languages="uk ru", area="DE", crimes="any", places="4/6 @23", formats="phone chat", access="anonymous")
offer("Begleitung von Gästen in Hotels", "nachtlicht", "psychosocial.acute practical.everyday",
      languages="en fr es cs/on_request pl/on_request", area="14612", at="Dresden", crimes="+major_event",
      formats="outreach", contact="phone email")
offer("Soforttreff für Ersthelfende", "weggefaehrten", "psychosocial.acute",
      languages="de", at="Dresden", places="full @23", roles="first_aider", formats="on_site")

# --- offers: bereavement, children, pastoral care -----------------------------------------------------------------

offer("Trauergruppe Abendstern, Dresden", "abendstern", "psychosocial.bereavement_group psychosocial.commemoration",
      languages="de", area="14612 14625 14627 14628", at="Dresden", crimes="any", places="8/12 @20",
      roles="bereaved relative close_person", ages=(14, None), formats="on_site", access="wheelchair")
offer("Netzwerk für Hinterbliebene von Anschlägen", "weggefaehrten",
      "psychosocial.bereavement_group psychosocial.commemoration",
      languages="de en", area="DE", at="Hamburg", crimes="0101+terrorism 0101+amok", places="unlimited",
      roles="bereaved", formats="phone video")
offer("Trauertreff Abendstern, Leipzig", "abendstern", "psychosocial.bereavement_group",
      languages="de", area="14713 14729 14730", at="Leipzig", places="5 @2026-10-12", roles="bereaved")
offer("Trauergruppe in polnischer Sprache, Görlitz", "abendstern", "psychosocial.bereavement_group",
      languages="pl de", area="14626", at="Görlitz", places="assessment 2 @20", roles="bereaved relative",
      ages=(18, None), formats="on_site")
offer("Sternenkinderzimmer: Kinder trauern", "abendstern",
      "psychosocial.child_support psychosocial.bereavement_group",
      languages="de en/on_request", area="14", at="Dresden", crimes="01", places="2/6 @21", roles="bereaved",
      ages=(4, 17), formats="on_site outreach", access="child_friendly free_of_charge")
offer("Kinder- und Jugendhilfe Lichtung, Dresden", "lichtung", "psychosocial.child_support",
      languages="de uk/on_request", area="14612 14628", at="Dresden", crimes="any", places="2/10 @23",
      ages=(None, 17), formats="on_site phone", access="child_friendly")
offer("Kinder- und Jugendhilfe Lichtung, Lausitz", "lichtung", "psychosocial.child_support psychosocial.counselling",
      languages="de pl/interpreter", area="14625 14626", at="Hoyerswerda", places="2/6 @20", ages=(6, 26),
      formats="on_site outreach")
offer("Kinder- und Jugendhilfe Lichtung, Leipzig", "lichtung", "psychosocial.child_support",
      languages="de ar/interpreter", area="14713 14729 14730", at="Leipzig", places="1/8 @22", ages=(None, 17),
      formats="on_site")
offer("Schulnahe Hilfe Lichtung", "lichtung", "psychosocial.child_support",
      languages="de", area="14", places="waitlist @20", roles="any", ages=(6, 18), formats="outreach")
offer("Jugendchat Lichtung", "lichtung", "psychosocial.child_support psychosocial.counselling",
      languages="de en", area="DE", crimes="any", places="2/8 @23", ages=(12, 26), formats="chat email",
      access="anonymous free_of_charge", contact="email url")
offer("Stadtseelsorge Stiller Ort, Dresden", "stillerort", "psychosocial.pastoral psychosocial.commemoration",
      languages="de en", area="14612", at="Dresden", places="8 @22", roles="any", formats="on_site outreach phone")
offer("Muslimische Seelsorge am Telefon", "stillerort", "psychosocial.pastoral",
      languages="de ar tr", area="DE", places="4 @22", genders="any", formats="phone", contact="phone")
offer("Sorbische Seelsorge", "stillerort", "psychosocial.pastoral psychosocial.counselling",
      languages="hsb de", area="14625 14626", at="Bautzen", places="2 @20", formats="outreach on_site")

# --- offers: law --------------------------------------------------------------------------------------------------

offer("Rechtsbrücke, Dresden", "rechtsbruecke", "legal.first_advice",
      languages="de en", area="14612 14625 14626 14627 14628", at="Dresden", crimes="any", places="8/20 @22",
      formats="on_site phone", access="wheelchair")
offer("Rechtsbrücke, Leipzig", "rechtsbruecke", "legal",
      languages="de", area="14713 14729 14730", at="Leipzig", crimes="01 02 03 04", places="6/10 @20",
      formats="on_site video")
offer("Rechtsbrücke am Telefon", "rechtsbruecke", "legal.first_advice",
      languages="de en uk/interpreter", area="DE", crimes="any", places="4/8 @23", formats="phone",
      access="free_of_charge")
offer("Rechtsbrücke mit Dolmetschen", "rechtsbruecke", "legal",
      languages="ar/interpreter prs/interpreter fa/interpreter tr/interpreter vi/interpreter", area="14",
      at="Dresden", crimes="any", places="2/4 @21", formats="on_site video")
offer("Nebenklage Federkiel", "federkiel", "legal.representation",
      languages="de en", area="DE", at="Dresden", crimes="01", places="6/10 @21",
      roles="injured bereaved", formats="on_site phone video")
offer("Nebenklage Federkiel, Chemnitz", "federkiel", "legal.representation legal.first_advice",
      languages="de cs", area="14511 14521 14522 14523 14524", at="Chemnitz", places="assessment @20")
offer("Prozessbegleitung für Kinder und Jugendliche", "lindenhof", "legal.court_accompaniment",
      languages="de", area="14", region="14612", crimes="01 02 03", places="3/6 @20", ages=(None, 17),
      formats="on_site outreach", access="child_friendly")
offer("Prozessbegleitung für Erwachsene", "lindenhof", "legal.court_accompaniment legal.witness_support",
      languages="de en/on_request", area="14612 14625 14626 14627 14628", at="Dresden", ages=(18, None),
      contact="phone email")
offer("Zeugenzimmer am Gericht", "federkiel", "legal.witness_support",
      languages="de mul/on_request", area="14612", at="Dresden", crimes="any", places="6 @20", roles="witness injured",
      formats="on_site", access="wheelchair induction_loop")

# --- offers: money ------------------------------------------------------------------------------------------------

offer("Anträge auf Entschädigung", "ausgleich", "financial.compensation_claim",
      languages="de en ar/on_request uk/interpreter", area="14", region="14612", crimes="01 02 03", places="15/40 @22",
      formats="on_site phone email", access="wheelchair free_of_charge")
offer("Härteleistungen nach Anschlägen", "ausgleich", "financial.hardship_payment",
      languages="de en", area="DE", at="Berlin", crimes="+terrorism +hate", places="unlimited", formats="email phone")
offer("Unfallschutz für Helfende", "ausgleich", "financial.accident_insurance",
      languages="de", area="14", crimes="any", places="unlimited", roles="first_aider emergency_crew",
      formats="phone email")
offer("Soforthilfe Lichterkette", "lichterfonds", "financial.emergency_money",
      languages="de en mul/on_request", area="DE", at="Dresden", crimes="+major_event", places="24/60 @23",
      roles="injured bereaved relative affected", formats="on_site email phone", access="free_of_charge")
offer("Spendenhilfe Lichterkette, Dresden", "lichterfonds", "financial.emergency_money practical.everyday",
      languages="de", area="14612", at="Dresden", contact="email")

# --- offers: practical help ---------------------------------------------------------------------------------------

offer("Alltagshilfe Handreichung, Dresden", "handreichung", "practical.everyday medical.care",
      languages="de en/on_request", area="14612 14627", at="Dresden", places="8/10 @21", formats="outreach")
offer("Alltagshilfe Handreichung, Sachsen West", "handreichung", "practical.everyday",
      area="14511 14522 14524 14713", at="Chemnitz", places=4, contact="phone")
offer("Lotsendienst Kompass", "kompass", "practical.case_management practical.authority_accompaniment",
      languages="de en uk/interpreter ar/interpreter", area="14", at="Dresden", crimes="any", places="7/12 @23",
      roles="any", formats="phone on_site outreach", access="free_of_charge")
offer("Lotsendienst Kompass für schwer Verletzte und Hinterbliebene", "kompass", "practical",
      languages="de", area="DE", crimes="01+terrorism 01+amok", places="assessment 3 @22", roles="injured bereaved",
      formats="phone outreach")
offer("Dolmetschen am Telefon (alle Sprachen)", "sprachnetz", "practical.interpreting",
      languages="mul/interpreter", area="DE", places="6 @23", formats="phone", access="free_of_charge")
offer("Dolmetschen vor Ort, Dresden", "sprachnetz", "practical.interpreting practical.authority_accompaniment",
      languages="ar prs fa uk ru ti so/on_request", area="14612 14627 14628", at="Dresden", places="4/9 @22",
      formats="on_site outreach")
offer("Dolmetschen in Gebärdensprache", "sprachnetz", "practical.interpreting",
      languages="gsg", area="14", places="2 @21", formats="on_site video")
offer("Wohnen und Arbeit nach der Tat", "kompass", "practical.housing_work",
      area="14612 14627 14628", at="Dresden", places="waitlist @20", ages=(18, None), formats="on_site")

# --- offers: protection, medicine, information --------------------------------------------------------------------

offer("Frauenschutzhaus Windschatten", "windschatten", "protection.shelter protection.safety_advice",
      languages="de en ar/on_request", area="14", region="14", places="2/9 @22", genders="female", ages=(18, None),
      formats="on_site", access="child_friendly no_police_report", no_access="wheelchair", contact="phone")
offer("Sicherheitsberatung Leuchtfeuer", "auskunft", "protection.safety_advice",
      languages="de en", area="14", places="5 @20", formats="phone on_site")
offer("Medienschutz Leuchtfeuer", "auskunft", "protection.media",
      languages="de en", area="DE", crimes="+major_event", places="4/5 @23", roles="any", formats="phone email")
offer("Rehazentrum Waldhöhe", "waldhoehe", "medical.rehabilitation",
      languages="de ru/on_request", area="any", region="14628", crimes="any", places="5/40 @20", roles="injured",
      ages=(16, None), formats="on_site", access="wheelchair induction_loop")
offer("Rehazentrum Waldhöhe für Kinder", "waldhoehe", "medical.rehabilitation",
      languages="de", area="any", region="14521", places="full @20", roles="injured", ages=(None, 17),
      formats="on_site", access="wheelchair child_friendly")
offer("Häusliche Pflege Quellhof, Dresden", "quellhof", "medical.care",
      languages="de pl ru", area="14612 14628", at="Freital", places="3 @21", ages=(18, None), formats="outreach")
offer("Vertrauliche Spurensicherung Sternbogen, Dresden", "sternbogen", "medical.forensic_documentation",
      languages="de en", area="14", at="Dresden", crimes="02 03", places="unlimited", genders="any", formats="on_site",
      access="no_police_report anonymous wheelchair")
offer("Personenauskunft Leuchtfeuer (24 Stunden)", "auskunft", "information.missing_person",
      languages="de en mul/interpreter", area="any", crimes="any", places="unlimited", roles="any", formats="phone")
offer("Wegweiser Leuchtfeuer", "auskunft", "information",
      languages="de cs pl", area="14 12071", places="open @20", formats="phone email", contact="phone email url")

# --- needs: multisets ---------------------------------------------------------------------------------------------

# The languages of people whose first language is not German, and their region: "" is sampled from REGIONS, "-" is not
# stated (guests of the city).
OTHER_LANGUAGES = [
    ("uk ru de:A1", ""), ("uk ru de:A1", ""), ("uk ru", ""), ("uk:native ru:C1 de:A2", ""), ("uk de:B1", ""),
    ("uk", ""),
    ("ar", ""), ("ar:native en:B1 de:A1", ""), ("apc ar de:B2", ""), ("apc", "14612"),
    ("ary fr de:A2", ""), ("acm ckb", "14511"),
    ("prs de:A1", "14612"), ("prs", "14612"), ("prs fa de:A1", "14627"), ("fa en:B2", "14612"), ("fa de:A2", "14713"),
    ("tr de:B1", ""), ("vi de:A2", "14612"), ("vi", ""), ("ru de:A2", ""),
    ("pl de:B1", "14626"), ("pl en:B1", "-"), ("cs en:B2", "-"), ("cs", "-"), ("ro de:A1", ""),
    ("en", "-"), ("en:native", "14612"), ("es en:B1", "-"), ("fr en:A2", "-"),
    ("kmr de:A1", ""), ("kmr tr de:A2", ""), ("ckb ar:B1", ""), ("ti", "14612"), ("so ar:B1 de:A1", ""),
    ("gsg", ""), ("gsg de:B1", ""), ("hsb de", "14625"), ("hsb de:C2", "14625020"),
]

# The languages of some of the others; all further people state "de".
GERMAN = {"de en:B2": 9, "de:native": 7, "de en:C1": 4, "de-simple": 2, "de-simple de:B1": 1, "": 3}

REGIONS = {
    "14612": 66, "14612000": 6, "14628": 12, "14628270": 2, "14628110": 1, "14627": 10, "14627210": 2, "14625": 8,
    "14625240": 1, "14626": 6, "14626110": 1, "14522": 6, "14522180": 1, "14511": 6, "14521": 4, "14524": 4,
    "14523": 3, "14713": 8, "14713000": 1, "14729": 4, "14730": 3, "14730230": 1, "14": 6,
    "12062": 2, "12066": 2, "12071": 1, "12": 1, "15082": 1, "15084": 1, "15088": 1, "15": 2, "16075": 1, "16076": 1,
    "16077": 2, "16": 2, "09475": 1, "09": 2, "11000": 3, "11": 1, "02000": 1, "05": 1, "06": 1, "08": 1, "DE": 1,
    "": 5,
}

# At first the motive is unknown: a rampage by car. Later the police speak of terrorism, and so do some records.
CONTEXTS = {
    "amok major_event vehicle": 40, "major_event vehicle": 22, "major_event": 12, "amok vehicle": 4,
    "major_event terrorism vehicle": 14, "terrorism": 2, "": 6,
}

# cohort: roles, ages, codes of the act ("" unknown, "-" no crime stated), bundles of (help, priority)
T, C, A = "psychosocial.trauma_clinic", "psychosocial.counselling", "psychosocial.acute"
CHILD, CLAIM, MONEY = "psychosocial.child_support", "financial.compensation_claim", "financial.emergency_money"
ADVICE, LAWYER, WITNESS = "legal.first_advice", "legal.representation", "legal.witness_support"
CASE, DAILY, GUIDE = "practical.case_management", "practical.everyday", "practical.authority_accompaniment"
INSURANCE, PASTORAL, MEDIA = "financial.accident_insurance", "psychosocial.pastoral", "protection.media"
MISSING, MOURN, REFER = "information.missing_person", "psychosocial.bereavement_group", "information.referral"
HARDSHIP, SAFETY, SHELTER = "financial.hardship_payment", "protection.safety_advice", "protection.shelter"
REHAB, CARE, WORK = "medical.rehabilitation", "medical.care", "practical.housing_work"

COHORTS = [
    ("injured adults", {"injured": 30, "injured first_aider": 2, "affected injured": 2}, (18, 88),
     {"0102": 17, "020111": 7, "02011": 5, "02": 2, "01": 1, "": 1, "-": 1},
     [([(T, "urgent"), (CLAIM, ""), (ADVICE, "")], 5), ([(T, ""), (CLAIM, "")], 5), ([(T, "asap")], 2),
      ([(T, "urgent"), (MONEY, "urgent")], 3), ([(REHAB, ""), (CLAIM, ""), (DAILY, "urgent")], 4),
      ([(CARE, "urgent"), (DAILY, "")], 2), ([(A, "asap"), (MONEY, "urgent")], 3), ([(A, "stat")], 1),
      ([(C, ""), (LAWYER, "")], 2), ([(C, ""), (MONEY, "")], 2), ([(CASE, "urgent"), (T, ""), (CLAIM, "")], 3),
      ([("legal", ""), (MEDIA, "urgent")], 1), ([("psychosocial.psychotherapy", ""), (CLAIM, "")], 1)]),
    ("injured children", {"injured": 6}, (4, 17),
     {"0102": 3, "020111": 2, "02011": 1},
     [([(T, "urgent"), (CHILD, "")], 3), ([(T, "asap")], 1), ([(T, "urgent"), (REHAB, "")], 1),
      ([(CHILD, "urgent"), (CLAIM, "")], 1)]),
    ("affected adults", {"affected": 27, "affected witness": 4, "": 2}, (18, 84),
     {"0102": 11, "02012": 6, "02": 5, "01": 4, "": 5, "-": 2},
     [([(C, "")], 8), ([(C, "urgent"), (MONEY, "")], 3), ([(A, "asap")], 3), ([(A, "urgent"), (C, "")], 4),
      ([(T, "")], 4), ([(T, "urgent"), (CLAIM, "")], 2), ([(PASTORAL, "")], 2), ([(ADVICE, "")], 3),
      ([("psychosocial", "")], 1), ([(REFER, "")], 2), ([(DAILY, "")], 1)]),
    ("affected children", {"affected": 12}, (3, 17),
     {"0102": 4, "02012": 2, "02": 2, "": 3, "-": 1},
     [([(CHILD, "")], 5), ([(CHILD, "urgent")], 3), ([(CHILD, ""), (T, "urgent")], 2), ([(T, "")], 2)]),
    ("witnesses", {"witness": 15, "witness first_aider": 3}, (16, 79),
     {"0102": 7, "0101": 4, "01": 2, "": 3, "-": 2},
     [([(C, "")], 4), ([(C, "urgent"), (WITNESS, "")], 3), ([(WITNESS, "")], 3), ([(A, "asap")], 2),
      ([(A, "urgent"), (GUIDE, "")], 1), ([(T, "")], 2), ([(MEDIA, "urgent")], 2), ([(ADVICE, ""), (C, "")], 1)]),
    ("first aiders", {"first_aider": 12, "first_aider witness": 2, "supporter": 1}, (17, 68),
     {"0102": 7, "0101": 2, "01": 1, "": 3, "-": 2},
     [([(C, ""), (INSURANCE, "")], 4), ([(C, "urgent")], 4), ([(A, "urgent")], 2), ([(T, ""), (INSURANCE, "")], 3),
      ([(PASTORAL, "")], 1), ([(C, ""), (MEDIA, "")], 1)]),
    ("emergency crew", {"emergency_crew": 12}, (22, 59),
     {"0102": 3, "": 6, "-": 3},
     [([(C, "")], 4), ([(A, "urgent")], 3), ([(C, "urgent"), (INSURANCE, "")], 3), ([(T, "")], 2)]),
    ("relatives", {"relative": 14, "affected relative": 2}, (18, 81),
     {"0102": 10, "020111": 2, "01": 2, "02": 1, "-": 1},
     [([(C, "")], 4), ([(DAILY, "urgent"), (C, "")], 2), ([(CASE, "")], 2), ([(GUIDE, ""), (MONEY, "urgent")], 2),
      ([(A, "asap")], 1), ([(CASE, "urgent"), (CLAIM, "")], 2), ([(ADVICE, "")], 1), ([(WORK, "")], 1),
      ([(T, "")], 1)]),
    ("bereaved", {"bereaved": 5}, (26, 77),
     {"0101": 5},
     [([(A, "stat"), (MOURN, "")], 1), ([(MOURN, ""), (LAWYER, ""), (HARDSHIP, "")], 2),
      ([(CASE, "asap"), (T, "urgent"), (CLAIM, "")], 1), ([(MEDIA, "asap"), (LAWYER, "urgent"), (MOURN, "")], 1)]),
    ("missing someone", {"missing_someone": 6, "missing_someone relative": 3}, (19, 70),
     {"": 6, "-": 3},
     [([(MISSING, "stat")], 4), ([(MISSING, "stat"), (A, "asap")], 3), ([(MISSING, "asap"), (A, "asap")], 2)]),
    ("close persons", {"close_person": 8}, (17, 66),
     {"0101": 4, "0102": 3, "": 1},
     [([(C, "")], 3), ([(PASTORAL, "")], 1), ([(MOURN, "")], 2), ([("psychosocial.commemoration", "")], 1),
      ([(A, "urgent")], 1)]),
]

# Parties, such as families and friends, written by hand. Fields: help of the party, priority, languages, region,
# code of the act, context, formats, members. A member: roles, age, gender, people, further needs of the member.
PARTIES = [
    # the parents and the two other children of a woman who was killed
    (MOURN, "urgent", "de", "14612", "0101", "amok major_event vehicle", "",
     [("bereaved", 54, "female", 1, [(A, "stat"), (LAWYER, "urgent"), (CLAIM, "")]),
      ("bereaved", 57, "male", 1, [(MEDIA, "asap"), (CASE, "urgent")]),
      ("bereaved", 22, "male", 1, [(C, "urgent")]), ("bereaved", 15, "female", 1, [(CHILD, "urgent")])]),
    # husband and two children of another
    (C, "asap", "uk ru de:A1", "14612", "0101", "major_event terrorism vehicle", "",
     [("bereaved", 38, "male", 1, [(HARDSHIP, ""), (CASE, "urgent"), (ADVICE, "")]),
      ("bereaved", 11, "", 1, [(CHILD, "asap")]), ("bereaved", 7, "", 1, [(CHILD, "asap")])]),
    (C, "urgent", "de", "14612", "0102", "amok major_event vehicle", "",
     [("injured", 36, "female", 1, [(CLAIM, ""), (MONEY, "urgent")]), ("affected", 9, "", 1, []),
      ("affected", 6, "", 1, [])]),
    # larger than any Arabic-speaking service with places
    (C, "urgent", "apc ar de:A1", "14612", "0102", "amok major_event vehicle", "",
     [("affected injured", 41, "female", 3, [(T, "urgent"), (GUIDE, "")]),
      ("affected relative", 44, "male", 2, [(MONEY, "urgent")])]),
    (A, "asap", "cs en:B1", "", "", "major_event vehicle", "",
     [("affected", 33, "", 1, []), ("affected", 34, "", 1, [(MONEY, "")])]),
    # four friends from one class
    (CHILD, "", "de", "14628", "0102", "major_event vehicle", "",
     [("affected", 16, "", 1, []), ("affected witness", 17, "", 1, [(WITNESS, "")]), ("affected", 16, "", 1, []),
      ("affected", 16, "", 1, [])]),
    (C, "", "de", "14627", "0102", "major_event", "outreach phone",
     [("affected", 79, "female", 1, []), ("affected", 82, "male", 1, [(DAILY, "")])]),
    # brothers at opposite ends of Saxony who want a joint meeting: no offer serves both
    (C, "", "de", "14626 14523", "0102", "amok major_event vehicle", "on_site",
     [("relative", 47, "male", 1, []), ("relative", 51, "male", 1, [])]),
    (C, "", "vi de:A2", "14628", "0102", "major_event vehicle", "",
     [("affected", 45, "male", 1, []), ("affected", 43, "female", 1, [(ADVICE, "")]), ("affected", 13, "", 1, [])]),
    (C, "urgent", "prs de:A1", "14612", "0102", "amok major_event vehicle", "",
     [("injured", 20, "male", 1, [(T, "urgent"), (CLAIM, "")]), ("affected", 17, "male", 1, [])]),
    (MOURN, "", "pl de:A2", "14626", "0101", "major_event terrorism vehicle", "",
     [("bereaved", 49, "female", 1, [(HARDSHIP, ""), (LAWYER, "")]), ("bereaved", 24, "female", 1, [])]),
    # attacked in the street on the day after, out of revenge
    (C, "urgent", "ar de:B1", "14612", "02011", "hate", "",
     [("injured", 29, "male", 1, [(ADVICE, "urgent"), (T, "")]), ("affected", 27, "female", 1, [(SAFETY, "asap")])]),
    (C, "", "ro de:A2", "14511", "0102", "major_event vehicle", "",
     [("affected", 39, "female", 1, []), ("relative", 40, "male", 1, [])]),
    (MONEY, "urgent", "en", "", "0102", "major_event terrorism vehicle", "",
     [("injured", 61, "female", 1, [("medical.care", "urgent")]), ("relative", 64, "male", 1, [(DAILY, "")])]),
]

# Further people, written by hand, as (languages, region, roles, age, gender, code, context, needs); a need is
# (help, priority) or (help, priority, further fields).
SINGLES = [
    ("de en:B1", "14612", "injured", 31, "male", "02011", "hate",
     [(C, "urgent"), ("legal.court_accompaniment", ""), ("medical.forensic_documentation", "asap")]),
    ("ti de:A2", "14612000", "affected", 24, "male", "02012", "hate", [(SAFETY, "urgent"), (C, "")]),
    ("ar de:A2", "14612", "affected", 33, "female", "02012", "hate",
     [(SHELTER, "stat", {"people": 3}), (ADVICE, "")]),
    ("de", "14511", "affected", 19, "other", "0209", "hate cyber", [(C, "")]),
    ("so", "14612", "affected", 26, "female", "02011", "hate",
     [("medical.forensic_documentation", "stat"), (C, "urgent")]),
    ("de", "14612", "emergency_crew", None, "", "", "major_event",
     [(A, "urgent", {"people": 5, "formats": ["on_site"]})]),
    ("de", "14627", "emergency_crew", None, "", "", "major_event", [(C, "", {"people": 4})]),
    ("de", "14612", "relative", 52, "female", "0102", "amok major_event vehicle", [(MONEY, "urgent", {"people": 4})]),
    ("de", "14628", "relative", 34, "female", "0102", "amok major_event vehicle", [(DAILY, "urgent", {"people": 4})]),
    ("uk ru", "14612", "affected", 35, "female", "0102", "major_event vehicle",
     [(MONEY, "urgent", {"people": 3}), (DAILY, "", {"people": 3})]),
    ("de", "14713", "affected", 40, "", "0102", "major_event vehicle", [(C, "", {"people": 4})]),
    ("de", "14612", "affected", 37, "female", "", "major_event",
     [(CHILD, "", {"people": 2, "access": ["child_friendly"]})]),
    ("es en:B2", "", "affected", 28, "", "0102", "major_event",
     [(A, "asap", {"people": 5}), (DAILY, "urgent", {"people": 5})]),
    ("prs", "14612", "missing_someone", 45, "male", "", "major_event",
     [(MISSING, "stat", {"people": 2}), ("practical.interpreting", "asap")]),
    ("de", "14612", "injured", 12, "", "0102", "amok major_event vehicle",
     [(T, "asap"), ("legal.court_accompaniment", "")]),
    ("de", "14625", "bereaved", 16, "female", "0101", "amok major_event vehicle",
     [(CHILD, "asap"), (T, "urgent")]),
    ("de", "14522", "bereaved", 8, "", "0101", "amok major_event vehicle", [(CHILD, "asap")]),
    ("de en:B2", "11000", "injured", 44, "female", "0102", "major_event terrorism vehicle",
     [(T, "urgent"), (HARDSHIP, ""), (LAWYER, "")]),
    ("de", "14713", "bereaved", 58, "female", "0101", "amok major_event vehicle", [(MOURN, "")]),
    ("de", "", "", None, "", "-", "", [(REFER, "")]),
]

# Kinds of help in German only, for which people of other languages need an interpreter as well.
GERMAN_ONLY = {INSURANCE, CLAIM, LAWYER, HARDSHIP}

# Rules of single needs, as entered by the person who recorded them.
RULES = [
    {"language": "prefer"},
    {"region": "prefer"},
    {"language": {"rule": "must", "minimum": 0.5}},
    {"format": "prefer"},
    {"access": {"rule": "must", "unknown": "exclude"}},
    {"crime": "ignore"},
    {"language": "prefer", "region": "prefer"},
    {"capacity": "prefer"},
]


# --- needs: drawing -----------------------------------------------------------------------------------------------


def need_languages(text):
    languages = []
    for word in text.split():
        tag, _, level = word.partition(":")
        languages.append({"tag": tag, "level": level} if level else tag)
    return languages


def crime(code, context):
    if code == "-":
        return None
    stated = {}
    if code:
        stated["code"] = code
    if context:
        stated["context"] = context.split()
    return stated or None


def need_formats(rng, help_kind, age):
    """Returns the formats of one need: mostly none, and none at all if the kind of help has only one."""
    if help_kind.startswith(("financial.", "information.", "protection.", "medical.", "practical.")):
        return []
    if not rng.chance(30):
        return []
    if age is not None and age < 12:
        return ["on_site"]
    if help_kind == A:
        return rng.pick([["outreach"], ["on_site", "outreach"], ["phone"], ["phone", "chat"]])
    if help_kind in (T, WITNESS):
        return rng.pick([["on_site"], ["on_site"], ["on_site", "video"], ["video"]])
    if age is not None and age >= 74:
        return rng.pick([["outreach"], ["outreach", "phone"], ["on_site"]])
    return rng.pick([["on_site"], ["on_site", "phone"], ["phone", "video"], ["video"], ["phone", "chat"],
                      ["on_site", "outreach"]])


def need_access(rng, help_kind, person):
    age, roles = person["age"], person["roles"]
    if "de-simple" in person["languages"]:
        return ["easy_language"] if rng.chance(70) else []
    if age is not None and age < 14 and help_kind in (T, CHILD, C) and rng.chance(35):
        return ["child_friendly"]
    if "injured" in roles and help_kind in (T, REHAB, C, ADVICE, WITNESS) and rng.chance(22):
        return ["wheelchair"]
    if age is not None and age >= 72 and help_kind in (T, C, ADVICE, WITNESS) and rng.chance(30):
        return ["induction_loop"]
    if help_kind in (C, A, ADVICE) and rng.chance(5):
        return [rng.pick(["anonymous", "free_of_charge", "no_police_report", "wheelchair"])]
    return []


def draw_people(rng):
    """Returns all people who asked for help, as a list of households; a household is a list of (person, needs)."""
    size = sum(sum(count for _, count in bundles) for _, _, _, _, bundles in COHORTS)
    spoken = rng.deck([(row, 1) for row in OTHER_LANGUAGES])
    german = [(text, "") for text in rng.deck(GERMAN)]
    plain = [("de", "")] * (size - len(spoken) - len(german))
    languages = rng.shuffled(spoken + german + plain)
    regions = rng.deck(REGIONS)
    contexts = rng.deck(CONTEXTS)
    households = []
    drawn = 0

    for name, roles, (youngest, oldest), codes, bundles in COHORTS:
        role_deck, code_deck, bundle_deck = rng.deck(roles), rng.deck(codes), rng.deck(bundles)
        assert len(role_deck) == len(code_deck) == len(bundle_deck), name
        for role, code, bundle in zip(role_deck, code_deck, bundle_deck):
            language_text, region = languages[drawn]
            region = region or regions[drawn % len(regions)]
            if name == "emergency crew":
                # crews live nearby and speak German
                region = rng.pick(["14612", "14612", "14612", "14627", "14628", "14625"])
                if language_text and not language_text.startswith("de"):
                    language_text = language_text.split()[0] + " de:C1"
            if region == "-":
                region = ""
            context = contexts[drawn % len(contexts)]
            if code == "0101" and not context:
                context = "major_event vehicle"
            age = youngest + rng.below(oldest - youngest + 1)
            if youngest >= 18 and age > 60 and rng.chance(50):
                age = youngest + rng.below(60 - youngest)  # fewer old people at night at a festival
            person = {
                "languages": language_text, "region": region, "code": code, "context": context, "roles": role,
                "age": age if rng.chance(86) or age < 18 else None,
                "gender": rng.pick(["female", "male"]) if rng.chance(42) else "",
            }
            if rng.chance(2) and person["gender"]:
                person["gender"] = rng.pick(["other", "unknown"])
            needs = [(kind, priority, {}) for kind, priority in bundle]
            tags = {word.partition(":")[0] for word in language_text.split()}
            if tags and not tags & {"de", "de-simple", "en"}:
                if tags == {"gsg"} or GERMAN_ONLY & {need[0] for need in needs} or rng.chance(35):
                    needs.append(("practical.interpreting", rng.pick(["", "urgent"]), {}))
            households.append([(person, needs)])
            drawn += 1

    for help_kind, priority, language_text, region_text, code, context, formats, members in PARTIES:
        household = []
        party_regions = region_text.split() or [""]
        for index, (role, age, gender, people, more) in enumerate(members):
            person = {"languages": language_text, "region": party_regions[index % len(party_regions)], "code": code,
                      "context": context, "roles": role, "age": age, "gender": gender}
            fields = {"group": True}
            if people > 1:
                fields["people"] = people
            fields["formats"] = formats.split()
            household.append((person, [(help_kind, priority, fields)] + [(kind, rank, {}) for kind, rank in more]))
        households.append(household)

    for language_text, region, role, age, gender, code, context, needs in SINGLES:
        person = {"languages": language_text, "region": region, "code": code, "context": context, "roles": role,
                  "age": age, "gender": gender}
        households.append([(person, [need if len(need) == 3 else need + ({},) for need in needs])])
    return households


RANK = {"stat": 0, "asap": 1, "urgent": 2, "": 3}


def make_needs():
    rng = Rng(SEED)
    households = rng.shuffled(draw_people(rng))
    # Records arrive roughly in the order of urgency.
    households.sort(key=lambda people: 2 * min(RANK[need[1]] for _, needs in people for need in needs) + rng.below(4))
    records, cases, groups = [], 0, 0
    for household in households:
        group = None
        for person, needs in household:
            cases += 1
            kreis_place = None
            towns = [place for place in PLACES.values() if place[0] == person["region"][:5]]
            if towns and rng.chance(5):
                _, lat, lon = rng.pick(towns)
                # a random point near the town centre, not an address
                kreis_place = {"lat": round(lat + (rng.below(9) - 4) / 100, 2),
                               "lon": round(lon + (rng.below(9) - 4) / 100, 2)}
            for help_kind, priority, fields in needs:
                record = {"id": f"n-{len(records) + 1:03}", "case": f"c-{cases:03}"}
                if fields.get("group"):
                    if group is None:
                        groups += 1
                        group = f"g-{groups:02}"
                    record["group"] = group
                if "people" in fields:
                    record["people"] = fields["people"]
                if priority:
                    record["priority"] = priority
                elif rng.chance(12):
                    record["priority"] = "routine"
                record["help"] = help_kind
                if person["languages"]:
                    record["languages"] = need_languages(person["languages"])
                if person["region"]:
                    record["region"] = person["region"]
                if kreis_place:
                    record["place"] = kreis_place
                stated = crime(person["code"], person["context"])
                if stated:
                    record["crime"] = stated
                if person["roles"]:
                    record["roles"] = person["roles"].split()
                if person["gender"]:
                    record["gender"] = person["gender"]
                if person["age"] is not None:
                    record["age"] = person["age"]
                formats = fields.get("formats")
                if formats is None:
                    formats = need_formats(rng, help_kind, person["age"])
                if formats:
                    record["formats"] = formats
                access = fields.get("access")
                if access is None:
                    access = need_access(rng, help_kind, person)
                if access:
                    record["access"] = access
                records.append(record)
    return add_rules(rng, records)


def add_rules(rng, records):
    """Adds rules to some needs, each to a need that states the values of its criteria."""
    field = {"language": "languages", "region": "region", "format": "formats", "access": "access", "crime": "crime",
             "capacity": "id"}
    taken = set()
    for rules in RULES * 2:
        fitting = [record for record in records if record["id"] not in taken and "group" not in record
                   and all(field[criterion] in record for criterion in rules)
                   and ("language" not in rules or first_language(record) not in ("de", "de-simple"))]
        record = rng.pick(fitting)
        record["rules"] = rules
        taken.add(record["id"])
    return records


# --- check --------------------------------------------------------------------------------------------------------

NEED_FIELDS = {"id", "case", "group", "people", "priority", "help", "languages", "region", "place", "crime", "roles",
               "gender", "age", "formats", "access", "rules"}
OFFER_FIELDS = {"id", "name", "organisation", "help", "languages", "area", "place", "crimes", "capacity", "roles",
                "genders", "ages", "formats", "access", "no_access", "contact"}
PRIORITIES = ("stat", "asap", "urgent", "routine")
STATES = ("open", "waitlist", "assessment", "full", "unlimited")
LEVELS = {"native", "C2", "C1", "B2", "B1", "A2", "A1"}
GENDERS = {"female", "male", "other", "unknown"}
FORMATS = {"on_site", "outreach", "phone", "video", "chat", "email"}
ACCESS = {"wheelchair", "induction_loop", "easy_language", "child_friendly", "free_of_charge", "no_police_report",
          "anonymous"}
ROLES = {"injured", "affected", "bereaved", "relative", "close_person", "missing_someone", "witness", "first_aider",
         "supporter", "emergency_crew"}
CONTEXT_TAGS = {"terrorism", "hate", "organised", "intimate_partner", "family", "domestic", "gender_based", "cyber",
                "attempted", "weapon", "vehicle", "amok", "major_event", "abroad"}
CRIMES = {"01", "02", "03", "04", "0101", "0102", "0209", "02011", "020111", "02012"}
CRITERIA = {"help", "crime", "language", "region", "capacity", "role", "gender", "age", "format", "access"}
HELP = {
    "psychosocial":
        "acute counselling trauma_clinic psychotherapy bereavement_group child_support pastoral commemoration",
    "legal": "first_advice representation court_accompaniment witness_support",
    "financial": "compensation_claim hardship_payment accident_insurance emergency_money",
    "practical": "everyday case_management authority_accompaniment interpreting housing_work",
    "protection": "shelter safety_advice media",
    "medical": "rehabilitation care forensic_documentation",
    "information": "missing_person referral",
}
HELP_CODES = set(HELP) | {f"{group}.{kind}" for group, kinds in HELP.items() for kind in kinds.split()}
LANGUAGES = set("de de-simple en uk ru tr vi ar apc acm ary prs fa kmr ckb ti so pl cs ro es fr gsg hsb".split())
LAENDER = {f"{number:02}" for number in range(1, 17)}
KREISFREI = {"14511", "14612", "14713", "11000", "02000"}
KREISE = KREISFREI | set("14521 14522 14523 14524 14625 14626 14627 14628 14729 14730 09475 12062 12066 12071 15082 "
                         "15084 15088 15091 16075 16076 16077".split())
PHONE = re.compile(r"\+49 (30 23125|69 90009|40 66969|221 4710|89 99998) \d{3}")


class Checker:
    def __init__(self):
        self.errors = []

    def check(self, condition, path, message):
        if not condition:
            self.errors.append(f"{path}: {message}")

    def fields(self, record, allowed, path):
        for key in record:
            self.check(key in allowed, f"{path}.{key}", "unknown field")
            self.check(record[key] not in (None, "", [], {}), f"{path}.{key}", "empty: omit it")

    def whole(self, value, low, high, path):
        self.check(type(value) is int and low <= value <= high, path, f"not a whole number from {low} to {high}")

    def codes(self, values, allowed, path, wildcard=False):
        self.check(isinstance(values, list), path, "not a list")
        self.check(len(set(values)) == len(values), path, "a duplicate")
        for value in values:
            self.check(value in allowed or (wildcard and value == "any"), path, f"unknown code {value}")

    def region(self, code, path, wildcard=False):
        known = code in LAENDER or code in KREISE or code == "DE" or (wildcard and code == "any")
        if len(code) == 8:
            known = code[:5] in KREISE and (code[5:] != "000" or code[:5] in KREISFREI)
        self.check(known, path, "unknown region")

    def place(self, place, allowed, path):
        self.fields(place, allowed, path)
        self.check(("lat" in place) == ("lon" in place), path, "lat without lon")
        self.check(-90 <= place.get("lat", 0) <= 90 and -180 <= place.get("lon", 0) <= 180, path, "out of range")

    def crime(self, stated, path):
        if isinstance(stated, str):
            stated = {"code": stated}
        self.fields(stated, {"code", "context"}, path)
        self.check(stated, path, "neither code nor context")
        self.check(stated.get("code", "01") in CRIMES, path, "unknown act")
        self.codes(stated.get("context", []), CONTEXT_TAGS, path)

    def ids(self, records, path):
        for number, (record_id, count) in enumerate(Counter(record["id"] for record in records).items()):
            self.check(count == 1 and record_id, f"{path}[{number}].id", "not unique")

    def needs(self, records):
        self.ids(records, "needs")
        groups = {}
        for record in records:
            path = record["id"]
            self.fields(record, NEED_FIELDS, path)
            self.whole(record.get("people", 1), 1, 100_000, f"{path}.people")
            self.whole(record.get("age", 0), 0, 150, f"{path}.age")
            self.check(record.get("priority", "stat") in PRIORITIES, f"{path}.priority", "unknown")
            self.check(record["help"] in HELP_CODES, f"{path}.help", "unknown code")
            tags = []
            for language in record.get("languages", []):
                if isinstance(language, dict):
                    self.check(set(language) == {"tag", "level"}, f"{path}.languages", "fields")
                    self.check(language["level"] in LEVELS, f"{path}.languages", "level")
                    language = language["tag"]
                tags.append(language)
            self.codes(tags, LANGUAGES, f"{path}.languages")
            if "region" in record:
                self.region(record["region"], f"{path}.region")
            if "place" in record:
                self.place(record["place"], {"lat", "lon"}, f"{path}.place")
                self.check("region" in record, f"{path}.place", "place without region")
            if "crime" in record:
                self.crime(record["crime"], f"{path}.crime")
            self.codes(record.get("roles", []), ROLES, f"{path}.roles")
            self.check(record.get("gender", "other") in GENDERS, f"{path}.gender", "unknown")
            self.codes(record.get("formats", []), FORMATS, f"{path}.formats")
            self.codes(record.get("access", []), ACCESS, f"{path}.access")
            for criterion, rule in record.get("rules", {}).items():
                self.check(criterion in CRITERIA, f"{path}.rules", "unknown criterion")
                if isinstance(rule, dict):
                    self.fields(rule, {"rule", "minimum", "unknown"}, f"{path}.rules.{criterion}")
                    self.check(0 <= rule.get("minimum", 0) <= 1, f"{path}.rules.{criterion}", "minimum")
                    unknown = rule.get("unknown", "allow")
                    self.check(unknown in ("allow", "exclude"), f"{path}.rules.{criterion}", "unknown")
                    rule = rule["rule"]
                self.check(rule in ("must", "prefer", "ignore"), f"{path}.rules.{criterion}", "rule")
            if "group" in record:
                groups.setdefault(record["group"], []).append(record)
        for group, members in groups.items():
            self.check(len(members) > 1, group, "a group of one")
            self.check(len({member["help"] for member in members}) == 1, group, "different kinds of help")
            self.check(len({member["case"] for member in members}) == len(members), group, "one person twice")

    def offers(self, records):
        self.ids(records, "offers")
        for record in records:
            path = record["id"]
            self.fields(record, OFFER_FIELDS, path)
            self.check("(fiktiv)" in record["organisation"], f"{path}.organisation", "not marked as invented")
            self.codes(record["help"], HELP_CODES, f"{path}.help", wildcard=True)
            tags = []
            for language in record.get("languages", []):
                if isinstance(language, dict):
                    self.check(set(language) == {"tag", "how"}, f"{path}.languages", "fields")
                    self.check(language["how"] in ("spoken", "interpreter", "on_request"), f"{path}.languages", "how")
                    language = language["tag"]
                tags.append(language)
            self.codes(tags, LANGUAGES | {"mul"}, f"{path}.languages")
            for code in record.get("area", []):
                self.region(code, f"{path}.area", wildcard=True)
            if "place" in record:
                self.place(record["place"], {"region", "lat", "lon"}, f"{path}.place")
                self.region(record["place"]["region"], f"{path}.place")
            for scope in record.get("crimes", []):
                if scope != "any":
                    self.crime(scope, f"{path}.crimes")
            self.capacity(record.get("capacity", 0), f"{path}.capacity")
            self.codes(record.get("roles", []), ROLES, f"{path}.roles", wildcard=True)
            self.codes(record.get("genders", []), GENDERS, f"{path}.genders", wildcard=True)
            ages = record.get("ages", {})
            self.check(set(ages) <= {"min", "max"}, f"{path}.ages", "fields")
            for age in ages.values():
                self.whole(age, 0, 150, f"{path}.ages")
            self.check(ages.get("min", 0) <= ages.get("max", 150), f"{path}.ages", "reversed")
            self.codes(record.get("formats", []), FORMATS, f"{path}.formats", wildcard=True)
            self.codes(record.get("access", []), ACCESS, f"{path}.access")
            self.codes(record.get("no_access", []), ACCESS, f"{path}.no_access")
            self.check(not set(record.get("access", [])) & set(record.get("no_access", [])), path, "access contradicts")
            contact = record.get("contact", {})
            self.check(set(contact) <= {"phone", "email", "url"}, f"{path}.contact", "fields")
            phone = contact.get("phone", "+49 30 23125 000")
            self.check(PHONE.fullmatch(phone), f"{path}.contact.phone", "outside of the reserved ranges")
            self.check(contact.get("email", ".example.org").endswith(".example.org"), f"{path}.contact.email", "domain")
            self.check(contact.get("url", ".example.org/").endswith(".example.org/"), f"{path}.contact.url", "domain")

    def capacity(self, value, path):
        if isinstance(value, int):
            value = {"free": value}
        self.fields(value, {"free", "total", "state", "updated"}, path)
        self.whole(value.get("free", 0), 0, 1_000_000_000, path)
        self.whole(value.get("total", 0), 0, 1_000_000_000, path)
        self.check(value.get("free", 0) <= value.get("total", 1_000_000_000), path, "more free places than places")
        self.check(value.get("state", "open") in STATES, path, "state")
        if "updated" in value:
            self.check(date.fromisoformat(value["updated"]) <= date.fromisoformat(AS_OF), path, "from the future")


def first_language(record):
    language = record.get("languages", ["not stated"])[0]
    return language["tag"] if isinstance(language, dict) else language


def offer_state(record):
    """Returns the state as allocation treats it, with states of their own for missing and stale figures."""
    stated = record.get("capacity")
    if stated is None:
        return "not stated"
    if isinstance(stated, int):
        return "open"
    state = stated.get("state", "open")
    age = (date.fromisoformat(AS_OF) - date.fromisoformat(stated.get("updated", AS_OF))).days
    if state != "unlimited" and age > 14:
        return "stale"
    if state in ("open", "assessment") and "free" not in stated:
        return f"{state}, no number"
    return state


def places(record):
    stated = record.get("capacity", {})
    return stated if isinstance(stated, int) else stated.get("free", 0)


def row(title, text):
    return f"| {title} | {text} |"


def counted(title, values):
    counts = Counter(values)
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return row(title, ", ".join(f"{value} {count}" for value, count in order))


def statistics(offers, needs):
    """Returns the table of the README."""
    free = Counter()
    for record in offers:
        if offer_state(record) in ("open", "assessment"):
            free[record["help"][0]] += places(record)
    cases = {need["case"]: need for need in needs}
    foreign = sum(first_language(need) not in ("de", "de-simple", "not stated") for need in cases.values())
    groups = {need["group"] for need in needs if "group" in need}
    return "\n".join([
        row("what", "how many"),
        "|---|---|",
        row("needs", f"{len(needs)} of {len(cases)} cases; {len(groups)} groups; {foreign} cases whose first language "
            "is not German"),
        counted("needs by priority", (need.get("priority", "routine") for need in needs)),
        counted("needs by help", (need["help"] for need in needs)),
        counted("needs by role (a need may state two)",
                (role for need in needs for role in need.get("roles", ["not stated"]))),
        counted("needs by first language", (first_language(need) for need in needs)),
        counted("needs by Kreis or Land", (need["region"][:5] if "region" in need else "not stated" for need in needs)),
        counted("needs by act", (need.get("crime", {}).get("code", "not stated") for need in needs)),
        counted("needs by people", (need.get("people", 1) for need in needs)),
        row("offers", f"{len(offers)} with {sum(free.values())} places in fresh figures"),
        counted("offers by state", (offer_state(record) for record in offers)),
        counted("offers by help (an offer may give several)", (kind for record in offers for kind in record["help"])),
        counted("those places by first kind of help", free.elements()),
    ])


# --- files --------------------------------------------------------------------------------------------------------


def text_of(records):
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    return f"[\n{lines}\n]\n"


def main():
    files = {"offers.json": text_of(OFFERS), "needs.json": text_of(make_needs())}
    if sys.argv[1:] == ["--check"]:
        checker = Checker()
        stored = {}
        for name, text in files.items():
            stored[name] = (HERE / name).read_bytes()
            checker.check(stored[name] == text.encode(), name, "differs from the output of this script")
        for name, limit in (("offers.json", 60_000), ("needs.json", 110_000)):
            checker.check(len(stored[name]) < limit, name, f"is larger than {limit} bytes")
        offers, needs = json.loads(stored["offers.json"]), json.loads(stored["needs.json"])
        checker.offers(offers)
        checker.needs(needs)
        table = statistics(offers, needs)
        print(table)
        checker.check(table in (HERE / "README.md").read_text(encoding="utf-8"), "README.md", "lacks this table")
        for name, content in stored.items():
            print(f"{name}: {len(content)} bytes")
        for error in checker.errors:
            print(error, file=sys.stderr)
        sys.exit(1 if checker.errors else 0)
    if sys.argv[1:]:
        sys.exit("usage: make.py [--check]")
    for name, text in files.items():
        (HERE / name).write_bytes(text.encode())


if __name__ == "__main__":
    main()
