import type { AllocateResponse, Report } from "./responses.js";
import { ask } from "./module.js";
import type { LangOptions } from "./options.js";
import { Plan } from "./plan.js";
import type { RawPlan } from "./raw.js";
import { word } from "./json.js";

/** A plan for many needs, as {@link Matcher.allocate} made it. It stays as it is whatever becomes of the matcher. */
export class Allocation extends Plan {
  // Given back when this object is: it is small beside the data.
  readonly #raw: RawPlan;

  private constructor(raw: RawPlan) {
    super(JSON.parse(raw.told()) as AllocateResponse);
    this.#raw = raw;
  }

  /** @internal */
  static of(raw: RawPlan): Allocation {
    return new this(raw);
  }

  /**
   * What the plan amounts to: who is served, which offers are short of places, and which are missing. Names are in the
   * language in which the plan was asked for, or in another.
   */
  report(options?: LangOptions): Report {
    const lang = options?.lang === undefined ? undefined : word(options.lang, "lang");
    return JSON.parse(ask(() => this.#raw.report(lang))) as Report;
  }
}
