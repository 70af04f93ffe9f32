// The message catalogues as sentences, with samples for numbers and names.

import { join } from "node:path";
import { build } from "esbuild";
import { demo } from "./support.js";

/** Returns the texts of a catalogue by their path. */
export async function catalogue(file, name) {
  const { outputFiles } = await build({
    entryPoints: [join(demo, "src/messages", file)],
    bundle: true,
    format: "esm",
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  const messages = (await import(`data:text/javascript;base64,${code}`))[name];
  const texts = new Map();
  const walk = (value, path) => {
    if (typeof value === "string") texts.set(path, value);
    else if (typeof value === "function") texts.set(path, String(value("3", "3", "3", "3")));
    else for (const [key, inner] of value instanceof Map ? value : Object.entries(value)) walk(inner, path ? `${path}.${key}` : key);
  };
  walk(messages, "");
  return texts;
}
