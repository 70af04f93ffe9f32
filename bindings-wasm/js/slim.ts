// The entry for libraries that leave it to the program where the module comes from.

import { startWith } from "./module.js";
import { type ModuleSource, compiled } from "./source.js";

export * from "./api.js";

/**
 * Starts the module that is given. It is not needed where the program has called `ready()` of `lotse`, or, in Node,
 * has imported `lotse`.
 *
 * @param source where the module comes from
 */
export function ready(source: ModuleSource): Promise<void> {
  return startWith(async () => {
    if (source === undefined) {
      throw new TypeError("lotse/slim loads nothing by itself: call `ready(source)`");
    }
    return compiled(source);
  });
}
