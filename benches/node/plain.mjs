// Ranking as a careful programmer would write it in JavaScript: filter, score, sort, cut. It supports the values that
// occur in the records of these benchmarks, and returns no reasons.

const ONE = 10_000;
const NO = { fit: 0, known: true, check: false };
const FULL = { fit: ONE, known: true, check: false };
const REMOTE = ["outreach", "phone", "video", "chat", "email"];
const EARTH_KM = 6371;

const units = (share) => Math.round(share * ONE);
const known = (fit) => ({ fit, known: true, check: false });
const byName = (numbers) => new Map(Object.entries(numbers).map(([name, share]) => [name, units(share)]));
const radians = (degrees) => (degrees / 180) * Math.PI;

export class PlainMatcher {
  constructor({ offers, policy, asOf, tables }) {
    this.unknown = { fit: units(policy.unknown_fit), known: false, check: true };
    this.weights = policy.weights;
    this.levels = byName(policy.language.levels);
    this.hows = byName(policy.language.how);
    this.step = units(policy.language.order_step);
    this.crime = Object.fromEntries(byName(policy.crime));
    this.places = policy.capacity;
    this.journey = policy.region;
    this.asOf = Date.parse(asOf);
    this.regions = new Map(tables.regions.map((region) => [region.code, prepareRegion(region)]));
    this.degreesOf = comprehensionTable(tables, units(policy.unknown_fit));
    this.offers = offers.map((offer) => this.prepareOffer(offer));
  }

  rankAll(needs, top) {
    return needs.map((need) => {
      const prepared = this.prepareNeed(need);
      const matches = this.offers
        .filter((offer) => this.passes(prepared, offer))
        .map((offer) => this.score(prepared, offer))
        .sort(bestFirst)
        .slice(0, top)
        .map(({ offer, units, check }) => ({ offer, score: units / (ONE * ONE), to_check: check }));
      return { need: need.id, matches };
    });
  }

  // The most selective and cheapest criteria come first.
  passes(need, offer) {
    return (
      serves(this.help(need, offer)) &&
      serves(this.region(need, offer)) &&
      serves(this.role(need, offer)) &&
      serves(this.gender(need, offer)) &&
      serves(this.age(need, offer)) &&
      serves(this.format(need, offer)) &&
      serves(this.access(need, offer)) &&
      serves(this.capacity(need, offer)) &&
      serves(this.crimes(need, offer)) &&
      serves(this.language(need, offer), 2_500)
    );
  }

  score(need, offer) {
    const { weights } = this;
    const check = [];
    let score = 0;
    const add = (name, { fit, check: needsCheck }) => {
      score += weights[name] * 100 * fit;
      if (needsCheck) {
        check.push(name);
      }
    };
    add("help", this.help(need, offer));
    add("crime", this.crimes(need, offer));
    add("language", this.language(need, offer));
    add("region", this.region(need, offer));
    add("capacity", this.capacity(need, offer));
    add("role", this.role(need, offer));
    add("gender", this.gender(need, offer));
    add("age", this.age(need, offer));
    add("format", this.format(need, offer));
    add("access", this.access(need, offer));
    return { offer: offer.id, units: score, check };
  }

  help(need, offer) {
    if (offer.help === undefined) {
      return this.unknown;
    }
    if (offer.help.has(need.help)) {
      return FULL;
    }
    return need.helpAbove.some((umbrella) => offer.help.has(umbrella)) ? known(8_000) : NO;
  }

  crimes(need, offer) {
    if (offer.crimes === undefined) {
      return this.unknown;
    }
    let best = offer.anyCrime ? known(this.crime.general) : NO;
    for (const scope of offer.crimes) {
      const outcome = this.scope(need, scope);
      if (outcome.fit > best.fit || (outcome.fit === best.fit && best.check)) {
        best = outcome;
      }
    }
    return best;
  }

  scope({ code, context }, scope) {
    const fits = scope.code === undefined || (code?.startsWith(scope.code) ?? false);
    const vague = !fits && (code === undefined || scope.code.startsWith(code));
    if (!fits && !vague) {
      return NO;
    }
    if (scope.context.every((tag) => context.has(tag))) {
      return fits ? FULL : known(this.crime.vague);
    }
    return context.size === 0 ? { fit: this.crime.context_open, known: true, check: true } : NO;
  }

  language(need, offer) {
    let best = 0;
    let unclear = -1;
    for (const { level, degrees } of need.languages) {
      for (const { tag, how } of offer.languages) {
        const degree = degrees.get(tag);
        if (degree !== undefined) {
          const fit = Math.floor((level * degree.fit * how) / (ONE * ONE) + 0.5);
          if (degree.known) {
            best = Math.max(best, fit);
          } else {
            unclear = Math.max(unclear, fit);
          }
        }
      }
    }
    return unclear >= best ? { fit: unclear, known: false, check: true } : known(best);
  }

  region(need, offer) {
    const within = offer.area.has(need.kreis) || offer.area.has(need.land) || offer.area.has("DE");
    if (!within && !need.neighbours.some((kreis) => offer.area.has(kreis))) {
      return NO;
    }
    const [part, whole] = this.proximity(need, offer);
    const closeness = within ? ONE : units(this.journey.neighbour);
    return { fit: Math.floor((closeness * part) / whole + 0.5), known: true, check: !within };
  }

  // Returns a fraction [numerator, denominator].
  proximity(need, offer) {
    const remote = offer.remote.some((format) => need.accepts(format));
    const travels = (offer.onSite && need.accepts("on_site")) || !remote;
    const byRemote = [units(this.journey.remote), ONE];
    if (!travels) {
      return byRemote;
    }
    const byJourney = offer.centre ? this.journeyFit(need.centre, offer.centre) : [6_000, ONE];
    return remote && byJourney[0] * byRemote[1] <= byRemote[0] * byJourney[1] ? byRemote : byJourney;
  }

  journeyFit(from, to) {
    const { near_km: near, far_km: far, far_fit: farFit } = this.journey;
    const beyond = Math.max(0, Math.min(kilometres(from, to), far) - near);
    const whole = ONE * (far - near);
    return [whole - (ONE - units(farFit)) * beyond, whole];
  }

  capacity(need, offer) {
    const { state, free } = offer.capacity;
    switch (state) {
      case "unlimited":
        return FULL;
      case "waitlist":
        return known(units(this.places.waitlist));
      case "full":
        return NO;
      case "stale":
        return this.unknown;
    }
    const spare = free - need.people;
    if (spare < 0) {
      return NO;
    }
    const comfortable = need.people * (this.places.comfortable - 1);
    return spare >= comfortable ? FULL : known(Math.floor((7_000 * comfortable + 3_000 * spare) / comfortable + 0.5));
  }

  role({ roles }, offer) {
    if (offer.roles === undefined) {
      return roles ? this.unknown : FULL;
    }
    if (offer.roles.has("any")) {
      return FULL;
    }
    return roles ? (roles.some((role) => offer.roles.has(role)) ? FULL : NO) : open;
  }

  gender({ gender }, offer) {
    if (offer.genders === undefined) {
      return gender ? this.unknown : FULL;
    }
    if (offer.genders.has("any")) {
      return FULL;
    }
    return gender ? (offer.genders.has(gender) ? FULL : NO) : open;
  }

  age({ age }, { ages }) {
    if (ages === undefined) {
      return age === undefined ? FULL : this.unknown;
    }
    if (age === undefined) {
      return open;
    }
    return age < (ages.min ?? 0) || age > (ages.max ?? Infinity) ? NO : FULL;
  }

  format({ formats }, offer) {
    if (formats === undefined) {
      return FULL;
    }
    if (offer.formats === undefined) {
      return this.unknown;
    }
    return formats.some((format) => offer.formats.has(format)) ? FULL : NO;
  }

  access({ access }, offer) {
    if (access === undefined) {
      return FULL;
    }
    if (access.some((tag) => offer.noAccess.has(tag))) {
      return NO;
    }
    return access.every((tag) => offer.access.has(tag)) ? FULL : this.unknown;
  }

  prepareNeed(need) {
    const region = this.regions.get(need.region);
    const formats = need.formats && new Set(need.formats);
    return {
      ...need,
      helpAbove: umbrellas(need.help),
      code: need.crime.code,
      context: new Set(need.crime.context),
      languages: need.languages.map(({ tag, level }, index) => {
        const spoken = level ? this.levels.get(level) : index === 0 ? ONE : this.levels.get("B1");
        return { level: Math.max(0, spoken - index * this.step), degrees: this.degreesOf(tag) };
      }),
      kreis: need.region,
      land: region.parent,
      neighbours: region.neighbours,
      centre: region.centre,
      accepts: (format) => formats?.has(format) ?? true,
    };
  }

  prepareOffer(offer) {
    const set = (values) => values && new Set(values);
    const scopes = offer.crimes?.filter((scope) => scope !== "any");
    return {
      id: offer.id,
      help: set(offer.help),
      anyCrime: offer.crimes?.includes("any"),
      crimes: scopes?.map(({ code, context = [] }) => ({ code, context })),
      languages: offer.languages.map(({ tag, how }) => ({ tag, how: this.hows.get(how) })),
      area: new Set(offer.area.map((code) => this.city(code))),
      centre: offer.place && onSphere(offer.place),
      formats: set(offer.formats),
      remote: REMOTE.filter((format) => offer.formats?.includes(format)),
      onSite: offer.formats?.includes("on_site") ?? false,
      capacity: this.prepareCapacity(offer.capacity),
      roles: set(offer.roles),
      genders: set(offer.genders),
      ages: offer.ages,
      access: new Set(offer.access),
      noAccess: new Set(offer.no_access),
    };
  }

  prepareCapacity({ state, free, updated }) {
    const days = (this.asOf - Date.parse(updated)) / 86_400_000;
    return { state: days > this.places.stale_days && state !== "unlimited" ? "stale" : state, free };
  }

  // Berlin and Hamburg are both a Land and a Kreis.
  city(code) {
    return code === "11" || code === "02" ? `${code}000` : code;
  }
}

// The offer restricts a criterion that the need does not request: it is not excluded, but to be checked.
const open = { fit: 0, known: false, check: true };

const serves = ({ fit, known }, minimum = 1) => !known || fit >= minimum;

function bestFirst(a, b) {
  return b.units - a.units || a.check.length - b.check.length || (a.offer < b.offer ? -1 : 1);
}

function umbrellas(code) {
  const parts = code.split(".");
  return parts.slice(1).map((_, end) => parts.slice(0, end + 1).join("."));
}

// Returns a function from a language to the comprehension degrees of its speakers by language.
function comprehensionTable({ comprehension, umbrellas }, unknownFit) {
  const all = new Map();
  const degreesOf = (tag) => all.get(tag) ?? all.set(tag, new Map([[tag, FULL]])).get(tag);
  for (const { from, to, degree } of comprehension) {
    degreesOf(from).set(to, known(units(degree)));
  }
  const unclear = { fit: unknownFit, known: false };
  for (const [umbrella, members] of Object.entries(umbrellas)) {
    for (const [a, b] of members.flatMap((member) => [[umbrella, member], [member, umbrella]])) {
      if (!degreesOf(a).has(b)) {
        degreesOf(a).set(b, unclear);
      }
    }
  }
  return degreesOf;
}

function prepareRegion(region) {
  return {
    parent: region.parent,
    neighbours: region.neighbours ?? [],
    centre: region.lat === undefined ? undefined : onSphere(region),
  };
}

function onSphere({ lat, lon }) {
  return { lat: radians(lat), lon: radians(lon), cosine: Math.cos(radians(lat)) };
}

function kilometres(from, to) {
  const haversine = (a, b) => Math.sin((b - a) / 2) ** 2;
  const chord = haversine(from.lat, to.lat) + from.cosine * to.cosine * haversine(from.lon, to.lon);
  return Math.floor(2 * EARTH_KM * Math.atan2(Math.sqrt(chord), Math.sqrt(1 - chord)) + 0.5);
}
