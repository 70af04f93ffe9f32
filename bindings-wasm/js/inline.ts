// The entry that contains the compiled module. In Node it is that of the default entry.

import { compileEmbedded } from "./embedded.js";
import { instantiate, setDefaultLoader } from "./module.js";

export * from "./api.js";

setDefaultLoader(compileEmbedded);

/** Loads the compiled module now instead of on first use. */
export async function ready(): Promise<void> {
  instantiate(compileEmbedded);
}
