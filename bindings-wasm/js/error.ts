import type { ErrorDetail } from "./responses.js";

/**
 * The wire form of an error.
 *
 * @internal
 */
export interface ErrorData extends ErrorDetail {
  errors: ErrorDetail[];
}

/**
 * An error in the input. Branch on `code`, which is stable. An error about a need never repeats the need's values.
 *
 * @example
 * try {
 *   matcher.rank({ id: "n-1", age: -1 });
 * } catch (error) {
 *   if (error instanceof LotseError) console.error(error.code, error.path); // "need.range", "need.age"
 * }
 */
export class LotseError extends Error {
  declare readonly name: "LotseError";
  /** A stable code, such as `need.range`; `cancelled` if `onProgress` cancelled the work. */
  readonly code: string;
  /** The position in the input, such as `offers[3].languages[0]`; empty for the input as a whole. */
  readonly path: string;
  /** The remedy, or `null` if none is known. */
  readonly hint: string | null;
  /** All errors of the input in input order, including this one; at most 100. */
  readonly errors: ErrorDetail[];

  private constructor({ code, path, message, hint, errors }: ErrorData) {
    super(message);
    this.code = code;
    this.path = path;
    this.hint = hint;
    this.errors = errors;
  }

  /** @internal */
  static fromData(data: ErrorData): LotseError {
    return new this(data);
  }
}

// On the prototype, as for every built-in error: not a field of each error, and safe from minifiers.
Object.defineProperty(LotseError.prototype, "name", { value: "LotseError", configurable: true, writable: true });

/**
 * Creates a single error, in the form of the core, for input that does not reach the core.
 *
 * @internal
 */
export function inputError(code: string, path: string, message: string, hint: string | null = null): LotseError {
  const detail = { code, path, message, hint };
  return LotseError.fromData({ ...detail, errors: [detail] });
}

/**
 * Creates the error for a field that does not exist. It is raised here if the field would be dropped before the core
 * could reject it.
 *
 * @internal
 */
export function unknownFieldError(path: string): LotseError {
  return inputError("request.unknown_field", path, "unknown field");
}

/**
 * Creates the error for a display language that does not exist, for input that does not reach the core.
 *
 * @internal
 */
export function unknownLangError(): LotseError {
  return inputError("value", "", "not one of the words allowed here");
}
