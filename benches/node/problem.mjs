// An allocation as numbers, for solvers that know nothing of needs and offers: ways with their value, and places.

const CLASSES = ["routine", "urgent", "asap", "stat"];
const UNITS = 1e8;

/**
 * The problem of giving `needs` the places of offers, as a plan tells them in `used`. `rankings` have every way. What a
 * way is worth is one number: who is served comes before how well they fit.
 */
export function problemOf({ needs, offers, policy, rankings, used }) {
  const numberOf = new Map(offers.map(({ id }, number) => [id, number]));
  const placesOf = new Map(used.map(({ offer, places }) => [offer, places]));
  const classes = needs.map(({ priority }) => CLASSES.indexOf(priority ?? "routine"));
  const places = offers.map(({ id }) => placesOf.get(id));
  const weights = CLASSES.map((name) => policy.priority_weights[name]);
  const ways = rankings
    .flatMap(({ matches }, need) => {
      const value = (score) => Math.round(score * UNITS) * weights[classes[need]];
      return matches.map(({ offer, score }) => ({ need, offer: numberOf.get(offer), value: value(score) }));
    })
    .filter(({ offer }) => places[offer] > 0);
  // More than all that those who are served can gain. Sums stay exact in doubles.
  const all = ways.reduce((most, { value }) => Math.max(most, value), 0) * needs.length;
  const worth = ways.map(({ need, value }) => value + (classes[need] + 1) * all);
  return { needs: needs.length, classes, places, ways, worth };
}

/** The worth of a plan as the library tells it. */
export function told({ classes, ways }, taken) {
  const people = Object.fromEntries([...CLASSES].reverse().map((name) => [name, 0]));
  for (const way of taken) {
    people[CLASSES[classes[ways[way].need]]] += 1;
  }
  return { people, score: taken.reduce((sum, way) => sum + ways[way].value, 0) / UNITS };
}
