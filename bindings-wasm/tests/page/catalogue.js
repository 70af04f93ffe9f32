// What the page says in one language, as sentences: with a sample in the place of every number and name.

import { join } from "node:path";
import { build } from "esbuild";
import { demo } from "./support.js";

/** The strings of a catalogue by their path. */
export async function catalogue(file, name) {
  const { outputFiles } = await build({
    entryPoints: [join(demo, "src/messages", file)],
    bundle: true,
    format: "esm",
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  const words = (await import(`data:text/javascript;base64,${code}`))[name];
  const found = new Map();
  const walk = (value, path) => {
    if (typeof value === "string") found.set(path, value);
    else if (typeof value === "function") found.set(path, String(value("3", "3", "3", "3")));
    else for (const [key, inner] of value instanceof Map ? value : Object.entries(value)) walk(inner, path ? `${path}.${key}` : key);
  };
  walk(words, "");
  return found;
}
