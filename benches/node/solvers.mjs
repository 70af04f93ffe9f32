// Solvers from npm for problems of `problem.mjs`. A loaded solver encodes the problem, which is not timed, and returns
// a function that solves it and returns the indices of the selected edges.

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
    const table = assignmentMatrix(problem);
    const matrix = new Matrix(table.cells);
    return () => table.taken([...linearSumAssignment(matrix).rowAssignments.entries()]);
  };
}

async function loadMunkres() {
  const { munkres } = await import("munkres");
  return (problem) => {
    const table = assignmentMatrix(problem);
    const costs = table.cells.map((row) => row.map((profit) => -profit));
    return () => table.taken(munkres(costs));
  };
}

async function loadMinCostFlow() {
  const { default: solver } = await import("min-cost-flow");
  const arc = (from, to, capacity, cost) => ({ from, to, capacity, cost });
  return ({ needs, capacities, edges, profit }) => {
    const [firstOffer, sink] = [1 + needs, 1 + needs + capacities.length];
    const graph = [
      ...edges.map(({ need, offer }, edge) => arc(1 + need, firstOffer + offer, 1, -profit[edge])),
      ...Array.from({ length: needs }, (_, need) => arc(0, 1 + need, 1, 0)),
      ...capacities.map((count, offer) => arc(firstOffer + offer, sink, count, 0)),
    ];
    return () => {
      const flows = solver.minCostFlowForNumberNodes(graph, Infinity);
      return positions(edges, (_, edge) => flows[edge].flow > 0);
    };
  };
}

async function loadHighs() {
  const { default: load } = await import("highs");
  const highs = await load();
  const all = (length, value) => new Float64Array(length).fill(value);
  return ({ needs, capacities, edges, profit }) => {
    const [numCols, numRows] = [edges.length, needs + capacities.length];
    const program = {
      numCols,
      numRows,
      sense: highs.constants.objectiveSense.maximize,
      colCost: scaled(profit),
      colLower: all(numCols, 0),
      colUpper: all(numCols, 1),
      rowLower: all(numRows, 0),
      rowUpper: Float64Array.from([...all(needs, 1), ...capacities]),
      matrix: {
        format: "csc",
        numCols,
        numRows,
        starts: Int32Array.from({ length: numCols + 1 }, (_, edge) => 2 * edge),
        indices: Int32Array.from(edges.flatMap(({ need, offer }) => [need, needs + offer])),
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
  return ({ needs, capacities, edges, profit }) => {
    const limits = [...new Array(needs).fill(1), ...capacities];
    const row = (ub, row) => ({ name: `r${row}`, vars: [], bnds: { type: glpk.GLP_UP, lb: 0, ub } });
    const rows = limits.map(row);
    edges.forEach(({ need, offer }, edge) => {
      rows[need].vars.push({ name: `w${edge}`, coef: 1 });
      rows[needs + offer].vars.push({ name: `w${edge}`, coef: 1 });
    });
    const vars = Array.from(scaled(profit), (coef, edge) => ({ name: `w${edge}`, coef }));
    const objective = { direction: glpk.GLP_MAX, name: "profit", vars };
    const program = { name: "plan", objective, subjectTo: rows.filter(({ vars }) => vars.length > 0) };
    return () => {
      const { result } = glpk.solve(program, { msglev: glpk.GLP_MSG_OFF, presol: true });
      return positions(edges, (_, edge) => result.vars[`w${edge}`] > 0.5);
    };
  };
}

async function loadYalps() {
  const { solve } = await import("yalps");
  return ({ needs, capacities, edges, profit }) => {
    const costs = scaled(profit);
    const uses = ({ need, offer }, edge) => new Map([["profit", costs[edge]], [`n${need}`, 1], [`o${offer}`, 1]]);
    const constraints = [
      ...Array.from({ length: needs }, (_, need) => [`n${need}`, { max: 1 }]),
      ...capacities.map((max, offer) => [`o${offer}`, { max }]),
    ];
    const variables = edges.map((ends, edge) => [edge, uses(ends, edge)]);
    const model = { direction: "maximize", objective: "profit", constraints, variables };
    const isTaken = ([, fraction]) => fraction > 0.5;
    return () => solve(model, { maxPivots: Infinity }).variables.filter(isTaken).map(([edge]) => edge);
  };
}

// Solvers of linear programs have an absolute tolerance, for coefficients near 1.
const scaled = (profit) => Float64Array.from(profit, (value) => value / 1e8);

function positions(values, taken) {
  return Array.from(values.keys()).filter((position) => taken(values[position], position));
}

// The matrix of an assignment problem: one row per need, one column per place, and profit 0 without an edge.
function assignmentMatrix({ needs, capacities, edges, profit }) {
  const offers = capacities.flatMap((count, offer) => new Array(count).fill(offer));
  const edgeTo = Array.from({ length: needs }, () => new Map());
  edges.forEach(({ need, offer }, edge) => edgeTo[need].set(offer, edge));
  const cell = (offer, need) => {
    const edge = edgeTo[need].get(offer);
    return edge === undefined ? 0 : profit[edge];
  };
  const cells = Array.from({ length: needs }, (_, need) => offers.map((offer) => cell(offer, need)));
  const taken = (pairs) => pairs.flatMap(([need, column]) => edgeTo[need].get(offers[column]) ?? []);
  return { cells, taken };
}
