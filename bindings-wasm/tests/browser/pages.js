// The pages of these tests, and what they load: the installed package as it is.

import { fileURLToPath } from "node:url";

import { cases } from "../shared/cases.js";
import { NEEDS, OFFERS } from "../shared/incident.js";
import { installed } from "../shared/project.js";
import { serve } from "./server.js";

const there = (path) => fileURLToPath(new URL(path, import.meta.url));

export function servePages() {
  return serve(
    { lotse: installed, pages: there("pages"), shared: there("../shared") },
    { "/golden.json": JSON.stringify(cases), "/incident.json": JSON.stringify({ offers: OFFERS, needs: NEEDS }) },
  );
}
