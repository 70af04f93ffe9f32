// The entry for libraries that leave loading of the compiled module to the program.

import { instantiateAsync } from "./module.js";
import { type ModuleSource, compileModule } from "./source.js";

export * from "./api.js";

/**
 * Loads the given module. It is not needed if the program has called `ready()` of `lotse`, or has imported `lotse` in
 * Node.
 *
 * @param source the compiled module
 */
export function ready(source: ModuleSource): Promise<void> {
  return instantiateAsync(async () => {
    if (source === undefined) {
      throw new TypeError("lotse/slim loads nothing by itself: call `ready(source)`");
    }
    return compileModule(source);
  });
}
