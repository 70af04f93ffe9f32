// Serves the pages of these tests, and the installed package that they load.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { cases } from "../shared/cases.js";
import { importCases } from "../shared/import-cases.js";
import { NEEDS, OFFERS } from "../shared/incident.js";
import { installed } from "../shared/project.js";
import { serve } from "./server.js";

const localPath = (path) => fileURLToPath(new URL(path, import.meta.url));

export function servePages() {
  return serve(
    { lotse: installed, pages: localPath("pages"), shared: localPath("../shared") },
    {
      "/golden.json": JSON.stringify(cases),
      "/import-cases.json": JSON.stringify(importCases),
      "/incident.json": JSON.stringify({ offers: OFFERS, needs: NEEDS }),
      // Next to them there is no `lotse.wasm`, or a page.
      "/alone/worker-script.js": readFileSync(join(installed, "dist/worker-script.js")),
      "/page/worker-script.js": readFileSync(join(installed, "dist/worker-script.js")),
      "/page/lotse.wasm": "<!doctype html><title>Page</title>",
    },
  );
}
