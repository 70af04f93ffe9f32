// Serves the pages of these tests, and the installed package that they load.

import { fileURLToPath } from "node:url";

import { cases } from "../shared/cases.js";
import { NEEDS, OFFERS } from "../shared/incident.js";
import { installed } from "../shared/project.js";
import { serve } from "./server.js";

const localPath = (path) => fileURLToPath(new URL(path, import.meta.url));

export function servePages() {
  return serve(
    { lotse: installed, pages: localPath("pages"), shared: localPath("../shared") },
    { "/golden.json": JSON.stringify(cases), "/incident.json": JSON.stringify({ offers: OFFERS, needs: NEEDS }) },
  );
}
