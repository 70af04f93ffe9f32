// Prints the licences of everything that is compiled into the module, which they require. They are in the folders of
// the crates.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const cargo = (...parameters) => execFileSync("cargo", parameters, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });

// Dependencies at run time; macros run at compile time.
const kinds = ["--target", "wasm32-unknown-unknown", "--edges", "normal,no-proc-macro"];
const tree = cargo("tree", "--package", "lotse-wasm", ...kinds, "--prefix", "none", "--format", "{p}");
const needed = new Set(tree.split("\n").map((line) => line.split(" ").slice(0, 2).join(" ")));
const { packages } = JSON.parse(cargo("metadata", "--format-version", "1"));

const texts = [
  ["lotse", join(root, "LICENSE-MIT")],
  ["names of languages, and letters (Unicode)", join(root, "core/data/LICENSE-UNICODE")],
];
const regions = "regions\n\n© GeoBasis-DE / BKG (VG250), GeoNutzV, changed\n";
const crates = packages.filter(({ name, version, source }) => source !== null && needed.has(`${name} v${version}`));
for (const { name, version, license, manifest_path } of crates.sort((a, b) => (a.name < b.name ? -1 : 1))) {
  const folder = dirname(manifest_path);
  // Of alternative licences, the least restrictive one.
  const files = readdirSync(folder).filter((file) => /^(licen[sc]e|unlicense|copying)/i.test(file));
  const file = files.find((name) => /mit/i.test(name)) ?? files.find((name) => !/apache/i.test(name)) ?? files[0];
  texts.push([`${name} ${version} (${license})`, file === undefined ? undefined : join(folder, file)]);
}
const sections = texts.map(([title, file]) => {
  const text = file !== undefined && existsSync(file) ? `\n${readFileSync(file, "utf8").trim()}\n` : "";
  return `${title}\n${text}`;
});
console.log([...sections, regions].join("\n\n"));
