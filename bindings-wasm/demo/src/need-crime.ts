import type { Need } from "lotse";

export interface CrimeParts {
  code: string | null;
  context: readonly string[];
}

/** Returns the parts of a crime in a record, which is a bare code, or a code with its context. */
export function crimeParts(crime: Need["crime"]): CrimeParts {
  if (typeof crime === "string") return { code: crime, context: [] };
  return { code: crime?.code ?? null, context: crime?.context ?? [] };
}
