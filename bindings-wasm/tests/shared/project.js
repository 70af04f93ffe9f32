// The scratch project into which the packed package is installed; see tests/support/package.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

if (process.env.LOTSE_PROJECT === undefined) {
  throw new Error("run tests/support/node or tests/support/browser: they pack and install what is tested");
}

export const project = process.env.LOTSE_PROJECT;

/** The installed package. */
export const installed = join(project, "node_modules", "lotse");

/** The address of a file in it. */
export const installedFile = (path) => pathToFileURL(join(installed, path));

/** `require` as a file of the project has it. */
export const requireThere = createRequire(join(project, "consumer.cjs"));
