// Ranking as a careful programmer would write it in JavaScript: what does not pass is filtered out, and the rest is
// scored, sorted and cut. It knows the values that occur in the records of these benches, and tells no reasons.

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
    this.heard = whoUnderstands(tables, units(policy.unknown_fit));
    this.offers = offers.map((offer) => this.prepareOffer(offer));
  }

  rankAll(needs, top) {
    return needs.map((need) => {
      const wanted = this.prepareNeed(need);
      const matches = this.offers
        .filter((offer) => this.passes(wanted, offer))
        .map((offer) => this.score(wanted, offer))
        .sort(bestFirst)
        .slice(0, top)
        .map(({ offer, units, check }) => ({ offer, score: units / (ONE * ONE), to_check: check }));
      return { need: need.id, matches };
    });
  }

  // What excludes most and costs least comes first.
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
    const add = (name, { fit, check: unsure }) => {
      score += weights[name] * 100 * fit;
      if (unsure) {
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
      const met = this.scope(need, scope);
      if (met.fit > best.fit || (met.fit === best.fit && best.check)) {
        best = met;
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
    for (const { level, heard } of need.languages) {
      for (const { tag, how } of offer.languages) {
        const degree = heard.get(tag);
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

  // A fraction.
  proximity(need, offer) {
    const remote = offer.remote.some((format) => need.accepts(format));
    const travels = (offer.onSite && need.accepts("on_site")) || !remote;
    const byWire = [units(this.journey.remote), ONE];
    if (!travels) {
      return byWire;
    }
    const byJourney = offer.centre ? this.way(need.centre, offer.centre) : [6_000, ONE];
    return remote && byJourney[0] * byWire[1] <= byWire[0] * byJourney[1] ? byWire : byJourney;
  }

  way(from, to) {
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
    const wanted = need.people * (this.places.comfortable - 1);
    return spare >= wanted ? FULL : known(Math.floor((7_000 * wanted + 3_000 * spare) / wanted + 0.5));
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
    const place = this.regions.get(need.region);
    const formats = need.formats && new Set(need.formats);
    return {
      ...need,
      helpAbove: umbrellas(need.help),
      code: need.crime.code,
      context: new Set(need.crime.context),
      languages: need.languages.map(({ tag, level }, position) => {
        const spoken = level ? this.levels.get(level) : position === 0 ? ONE : this.levels.get("B1");
        return { level: Math.max(0, spoken - position * this.step), heard: this.heard(tag) };
      }),
      kreis: need.region,
      land: place.parent,
      neighbours: place.neighbours,
      centre: place.centre,
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

  // Berlin and Hamburg are a Land and a Kreis at once.
  city(code) {
    return code === "11" || code === "02" ? `${code}000` : code;
  }
}

// The offer restricts what the need leaves open: nothing is lost, and somebody should ask.
const open = { fit: 0, known: false, check: true };

const serves = ({ fit, known }, minimum = 1) => !known || fit >= minimum;

function bestFirst(one, other) {
  return other.units - one.units || one.check.length - other.check.length || (one.offer < other.offer ? -1 : 1);
}

function umbrellas(code) {
  const parts = code.split(".");
  return parts.slice(1).map((_, end) => parts.slice(0, end + 1).join("."));
}

// For each language what its speakers understand of others, and how well.
function whoUnderstands({ comprehension, umbrellas }, unknownFit) {
  const all = new Map();
  const of = (tag) => all.get(tag) ?? all.set(tag, new Map([[tag, FULL]])).get(tag);
  for (const { from, to, degree } of comprehension) {
    of(from).set(to, known(units(degree)));
  }
  const unclear = { fit: unknownFit, known: false };
  for (const [umbrella, members] of Object.entries(umbrellas)) {
    for (const [one, other] of members.flatMap((member) => [[umbrella, member], [member, umbrella]])) {
      if (!of(one).has(other)) {
        of(one).set(other, unclear);
      }
    }
  }
  return of;
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
  const half = (one, other) => Math.sin((other - one) / 2) ** 2;
  const chord = half(from.lat, to.lat) + from.cosine * to.cosine * half(from.lon, to.lon);
  return Math.floor(2 * EARTH_KM * Math.atan2(Math.sqrt(chord), Math.sqrt(1 - chord)) + 0.5);
}
