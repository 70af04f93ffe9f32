import { ask } from "./module.js";
import type { SurroundingTexts } from "./config.js";

/** One object of several JSON texts, word for word, so that the core sees whatever is wrong in them. */
export function together(texts: SurroundingTexts): string {
  if (typeof texts === "string") {
    return texts;
  }
  return `{${Object.entries(texts)
    .map(([name, text]) => `${JSON.stringify(name)}:${whole(text)}`)
    .join()}}`;
}

// A text that is more than one value, or less, would change the meaning of what stands around it.
function whole(text: string): string {
  try {
    JSON.parse(text);
  } catch (failure) {
    ask((core) => core.call("rank", text)); // tells the line and the column
    throw failure;
  }
  return text;
}
