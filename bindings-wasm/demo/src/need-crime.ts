import type { Need } from "lotse";

export interface TaggedCrime {
  code: string | null;
  context: readonly string[];
}

/** A crime as a need or an offer writes it: a bare code, or code and context. */
export function crimeOf(written: Need["crime"]): TaggedCrime {
  if (typeof written === "string") return { code: written, context: [] };
  return { code: written?.code ?? null, context: written?.context ?? [] };
}
