// One polite live region. The text is set a moment later, so that a change while typing is read once.

import { later } from "./later.js";

let text = "";
const say = later(() => {
  const region = document.getElementById("announcer");
  if (region) region.textContent = text;
}, 600);

/** Has a screen reader say this when it is idle. */
export function announce(what: string): void {
  text = what;
  say();
}
