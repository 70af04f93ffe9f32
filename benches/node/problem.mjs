// Allocations as numbers, for solvers without a domain: edges with their value, and capacities.

const CLASSES = ["routine", "urgent", "asap", "stat"];
const UNITS = 1e8;

/**
 * Creates the problem of allocating to `needs` the places in `usages` of a plan. `rankings` must contain every match.
 * The lexicographic objective is scalarized into one `profit` per edge: served people take precedence over the score.
 */
export function createProblem({ needs, offers, policy, rankings, usages }) {
  const indexOf = new Map(offers.map(({ id }, index) => [id, index]));
  const capacityOf = new Map(usages.map(({ offer, places }) => [offer, places]));
  const classes = needs.map(({ priority }) => CLASSES.indexOf(priority ?? "routine"));
  const capacities = offers.map(({ id }) => capacityOf.get(id));
  const weights = CLASSES.map((name) => policy.priority_weights[name]);
  const edges = rankings
    .flatMap(({ matches }, need) => {
      const value = (score) => Math.round(score * UNITS) * weights[classes[need]];
      return matches.map(({ offer, score }) => ({ need, offer: indexOf.get(offer), value: value(score) }));
    })
    .filter(({ offer }) => capacities[offer] > 0);
  // At least the sum of all values, and small enough for exact sums of doubles.
  const step = edges.reduce((max, { value }) => Math.max(max, value), 0) * needs.length;
  const profit = edges.map(({ need, value }) => value + (classes[need] + 1) * step);
  return { needs: needs.length, classes, capacities, edges, profit };
}

/** Returns the objective of the selected edges, in the form of the library. */
export function objectiveOf({ classes, edges }, selected) {
  const people = Object.fromEntries([...CLASSES].reverse().map((name) => [name, 0]));
  for (const edge of selected) {
    people[CLASSES[classes[edges[edge].need]]] += 1;
  }
  return { people, score: selected.reduce((sum, edge) => sum + edges[edge].value, 0) / UNITS };
}
