// The scratch project with the installed package; see tests/support/npm.sh.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

if (process.env.LOTSE_PROJECT === undefined) {
  throw new Error("run tests/support/node or tests/support/browser: they pack and install the package");
}

export const project = process.env.LOTSE_PROJECT;

/** The installed package. */
export const installed = join(project, "node_modules", "lotse");

/** Returns the address of a file of the package. */
export const installedFile = (path) => pathToFileURL(join(installed, path));

/** `require` as in a file of the project. */
export const projectRequire = createRequire(join(project, "consumer.cjs"));
