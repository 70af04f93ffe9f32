import type { ErrorDetail } from "./responses.js";

/**
 * What the core tells of an error.
 *
 * @internal
 */
export interface Told extends ErrorDetail {
  errors: ErrorDetail[];
}

/**
 * What is wrong with what was given. Branch on `code`, which is stable. An error about a need never repeats its values.
 */
export class LotseError extends Error {
  declare readonly name: "LotseError";
  /** Stable, such as `need.range`; `stopped` where `onProgress` stopped the work. */
  readonly code: string;
  /** The place, such as `offers[3].languages[0]`; empty for the whole. */
  readonly path: string;
  /** What would be right, where that can be said. */
  readonly hint: string | null;
  /** Everything that was found, the first one included; at most 100. */
  readonly errors: ErrorDetail[];

  private constructor({ code, path, message, hint, errors }: Told) {
    super(message);
    this.code = code;
    this.path = path;
    this.hint = hint;
    this.errors = errors;
  }

  /** @internal */
  static of(told: Told): LotseError {
    return new this(told);
  }
}
/**
 * As the core says it, of what does not reach it.
 *
 * @internal
 */
export function refused(code: string, path: string, message: string): LotseError {
  const detail = { code, path, message, hint: null };
  return LotseError.of({ ...detail, errors: [detail] });
}

/**
 * Of a name that the core does not know, and that would be lost before it sees it.
 *
 * @internal
 */
export function unknownField(path: string): LotseError {
  return refused("request.unknown_field", path, "unknown field");
}

// On the prototype, as for every built-in error: not a field of each error, and safe from minifiers.
Object.defineProperty(LotseError.prototype, "name", { value: "LotseError", configurable: true, writable: true });
