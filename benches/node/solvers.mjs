// Solvers from npm, each on a problem as `problem.mjs` makes it. Once loaded they put it into their own form, which
// is not timed; what that gives solves, and tells the positions of the ways that are taken.

export const SOLVERS = {
  "linear-sum-assignment": loadLinearSumAssignment,
  munkres: loadMunkres,
  "min-cost-flow": loadMinCostFlow,
  highs: loadHighs,
  "glpk.js": loadGlpk,
  yalps: loadYalps,
};

async function loadLinearSumAssignment() {
  const { linearSumAssignment } = await import("linear-sum-assignment");
  const { Matrix } = await import("ml-matrix");
  return (problem) => {
    const table = seats(problem);
    const matrix = new Matrix(table.cells);
    return () => table.taken([...linearSumAssignment(matrix).rowAssignments.entries()]);
  };
}

async function loadMunkres() {
  const { munkres } = await import("munkres");
  return (problem) => {
    const table = seats(problem);
    const costs = table.cells.map((row) => row.map((worth) => -worth));
    return () => table.taken(munkres(costs));
  };
}

async function loadMinCostFlow() {
  const { default: solver } = await import("min-cost-flow");
  const edge = (from, to, capacity, cost) => ({ from, to, capacity, cost });
  return ({ needs, places, ways, worth }) => {
    const [firstOffer, sink] = [1 + needs, 1 + needs + places.length];
    const graph = [
      ...ways.map(({ need, offer }, way) => edge(1 + need, firstOffer + offer, 1, -worth[way])),
      ...Array.from({ length: needs }, (_, need) => edge(0, 1 + need, 1, 0)),
      ...places.map((count, offer) => edge(firstOffer + offer, sink, count, 0)),
    ];
    return () => {
      const flows = solver.minCostFlowForNumberNodes(graph, Infinity);
      return positions(ways, (_, way) => flows[way].flow > 0);
    };
  };
}

async function loadHighs() {
  const { default: load } = await import("highs");
  const highs = await load();
  const all = (length, value) => new Float64Array(length).fill(value);
  return ({ needs, places, ways, worth }) => {
    const [numCols, numRows] = [ways.length, needs + places.length];
    const program = {
      numCols,
      numRows,
      sense: highs.constants.objectiveSense.maximize,
      colCost: small(worth),
      colLower: all(numCols, 0),
      colUpper: all(numCols, 1),
      rowLower: all(numRows, 0),
      rowUpper: Float64Array.from([...all(needs, 1), ...places]),
      matrix: {
        format: "csc",
        numCols,
        numRows,
        starts: Int32Array.from({ length: numCols + 1 }, (_, way) => 2 * way),
        indices: Int32Array.from(ways.flatMap(({ need, offer }) => [need, needs + offer])),
        values: all(2 * numCols, 1),
      },
    };
    return () =>
      highs.withModel(program, (model) => {
        model.options.set({ output_flag: false });
        model.run();
        return positions(model.getSolution().colValue, (share) => share > 0.5);
      });
  };
}

async function loadGlpk() {
  const { default: load } = await import("glpk.js/node");
  const glpk = await load();
  return ({ needs, places, ways, worth }) => {
    const limits = [...new Array(needs).fill(1), ...places];
    const row = (ub, row) => ({ name: `r${row}`, vars: [], bnds: { type: glpk.GLP_UP, lb: 0, ub } });
    const rows = limits.map(row);
    ways.forEach(({ need, offer }, way) => {
      rows[need].vars.push({ name: `w${way}`, coef: 1 });
      rows[needs + offer].vars.push({ name: `w${way}`, coef: 1 });
    });
    const vars = Array.from(small(worth), (coef, way) => ({ name: `w${way}`, coef }));
    const objective = { direction: glpk.GLP_MAX, name: "worth", vars };
    const program = { name: "plan", objective, subjectTo: rows.filter(({ vars }) => vars.length > 0) };
    return () => {
      const { result } = glpk.solve(program, { msglev: glpk.GLP_MSG_OFF, presol: true });
      return positions(ways, (_, way) => result.vars[`w${way}`] > 0.5);
    };
  };
}

async function loadYalps() {
  const { solve } = await import("yalps");
  return ({ needs, places, ways, worth }) => {
    const costs = small(worth);
    const uses = ({ need, offer }, way) => new Map([["worth", costs[way]], [`n${need}`, 1], [`o${offer}`, 1]]);
    const constraints = [
      ...Array.from({ length: needs }, (_, need) => [`n${need}`, { max: 1 }]),
      ...places.map((max, offer) => [`o${offer}`, { max }]),
    ];
    const variables = ways.map((one, way) => [way, uses(one, way)]);
    const model = { direction: "maximize", objective: "worth", constraints, variables };
    return () => solve(model, { maxPivots: Infinity }).variables.filter(([, share]) => share > 0.5).map(([way]) => way);
  };
}

// Linear programs are solved to a tolerance, in units of one.
const small = (worth) => Float64Array.from(worth, (value) => value / 1e8);

function positions(values, taken) {
  return Array.from(values.keys()).filter((position) => taken(values[position], position));
}

// A row for each need and a column for each place. Where there is no way, it is worth nothing, as is none at all.
function seats({ needs, places, ways, worth }) {
  const offers = places.flatMap((count, offer) => new Array(count).fill(offer));
  const wayTo = Array.from({ length: needs }, () => new Map());
  ways.forEach(({ need, offer }, way) => wayTo[need].set(offer, way));
  const cell = (offer, need) => {
    const way = wayTo[need].get(offer);
    return way === undefined ? 0 : worth[way];
  };
  const cells = Array.from({ length: needs }, (_, need) => offers.map((offer) => cell(offer, need)));
  const taken = (pairs) => pairs.flatMap(([need, column]) => wayTo[need].get(offers[column]) ?? []);
  return { cells, taken };
}
