"""Records with mistakes, each of which a type checker has to report: an ignored error that is none fails, too."""

import lotse
from lotse import types

need: types.NeedRecord = {"id": "n-1", "langauges": ["de"]}  # type: ignore
level: types.NeedRecord = {"id": "n-1", "languages": [{"tag": "de", "level": "fluent"}]}  # type: ignore
missing: types.NeedRecord = {"languages": ["de"]}  # type: ignore
offer: types.OfferRecord = {"id": "o-1", "capacity": {"fre": 2}}  # type: ignore
crimes: types.OfferRecord = {"id": "o-1", "crimes": [{"cod": "0101"}]}  # type: ignore
policy: types.PolicyRecord = {"weights": {"langauge": 40}}  # type: ignore
region: types.PolicyRecord = {"region": {"near": 5}}  # type: ignore
lotse.Need(id="n-1", languages=[{"tag": "de", "levl": "A2"}])  # type: ignore
lotse.Need(id="n-1", rules={"langauge": "must"})  # type: ignore
lotse.Offer(id="o-1", ages={"from": 18})  # type: ignore
lotse.Offer(id="o-1", contact={"mail": "a@example.org"})  # type: ignore
lotse.Policy(capacity={"stale": 3})  # type: ignore
lotse.Matcher([]).set_capacity("o-1", {"state": "opened"})  # type: ignore
