/** What a plan or a place is worth, level by level. Exact up to `Number.MAX_SAFE_INTEGER`, and rounded beyond. */
export interface SolverObjective {
  /** Served people of each class. */
  readonly people: readonly [number, number, number, number];
  /** How much of what was before is kept. */
  readonly kept: number;
  readonly value: number;
}

/** Who would take one more place. */
export interface PriceWitness {
  readonly supply: number;
  /** The sink from which the unit comes; `null` where it had no place. */
  readonly from: number | null;
  /** How many units move until one comes that had no place, or a place stays free; at least 1. */
  readonly moves: number;
}

/** A plan, what it is worth, and the proof. Whatever the sums, the plan and `optimal` are exact. */
export interface Solution {
  /** The sink of each supply, or `null`; of several units that of the first. */
  readonly assignment: readonly (number | null)[];
  /** For each supply the sinks, with how many units go there. */
  readonly flows: readonly (readonly (readonly [sink: number, units: number])[])[];
  /** What the plan is worth. */
  readonly objective: SolverObjective;
  /** What no plan can exceed. */
  readonly bound: SolverObjective;
  /** Whether no plan is better. */
  readonly optimal: boolean;
  /** What one more place at each sink would add; exact where all sizes are 1, else an estimate. */
  readonly prices: readonly SolverObjective[];
  /** Who would take that place; `null` where nobody would. Empty where some size is above 1. */
  readonly takers: readonly (PriceWitness | null)[];
}

/** @internal */
export function solutionOf(text: string): Solution {
  const told = JSON.parse(text) as Omit<Solution, "assignment">;
  return { assignment: told.flows.map(([first]) => first?.[0] ?? null), ...told };
}
