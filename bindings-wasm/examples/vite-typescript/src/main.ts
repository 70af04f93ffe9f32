import { showMatches } from "./matches.js";
import { plan } from "./plan.js";

/** Returns an element of the page. */
function element<Type extends Element>(selector: string): Type {
  const found = document.querySelector<Type>(selector);
  if (found === null) {
    throw new Error(`no element ${selector}`);
  }
  return found;
}

await showMatches(element<HTMLFormElement>("#person"), element("#matches"));

const input = element<HTMLInputElement>("#needs");
const parts = {
  progress: element<HTMLProgressElement>("#progress"),
  cancel: element<HTMLButtonElement>("#cancel"),
  status: element("#plan"),
  unmet: element("#unmet"),
};
input.addEventListener("change", async () => {
  const [file] = input.files ?? [];
  if (file !== undefined) {
    await plan(await file.text(), parts);
  }
});
