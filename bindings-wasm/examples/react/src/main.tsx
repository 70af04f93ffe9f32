import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";

import { Matches } from "./matches.js";
import { Plan } from "./plan.js";

const root = document.querySelector("#root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Suspense fallback={<p>Loading …</p>}>
        <Matches />
      </Suspense>
      <Plan />
    </StrictMode>,
  );
}
