/// <reference lib="esnext.disposable" preserve="true" />

/** `Symbol.dispose`, which older browsers do not have. */
export const dispose: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");
