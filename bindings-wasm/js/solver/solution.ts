// The solution of a transportation problem.

/**
 * A lexicographic objective: of a solution, of a bound, or of one more place. Exact up to `Number.MAX_SAFE_INTEGER`,
 * and rounded beyond.
 */
export interface SolverObjective {
  /** The served people of each class. */
  readonly people: readonly [number, number, number, number];
  /** The sum of the weights of staying. */
  readonly kept: number;
  readonly value: number;
}

/** The unit that attains a price: it would take one more place at the sink. */
export interface PriceWitness {
  readonly supply: number;
  /** The sink from which the unit would move; `null` if it is unserved. */
  readonly from: number | null;
  /** The number of moves of the chain until an unserved unit is served or a place stays free; at least 1. */
  readonly moves: number;
}

/** A solution with its objective and certificate. The flows and `optimal` are exact even if the sums are rounded. */
export interface Solution {
  /** The sink of each supply, or `null`; for several units that of the first. */
  readonly assignment: readonly (number | null)[];
  /** The sinks of each supply, with the number of units. */
  readonly flows: readonly (readonly (readonly [sink: number, units: number])[])[];
  /** The objective that the solution attains. */
  readonly objective: SolverObjective;
  /** An upper bound on the objective of every solution. */
  readonly bound: SolverObjective;
  /** `true` if the solution is proven optimal. */
  readonly optimal: boolean;
  /** The shadow price of each sink: the gain by one more place. Exact if all sizes are 1, and else an estimate. */
  readonly prices: readonly SolverObjective[];
  /** The witness of each price; `null` for a price of zero. Empty if any size is above 1. */
  readonly witnesses: readonly (PriceWitness | null)[];
}
