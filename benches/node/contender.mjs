// The process of one contender: prepares the one of the given name, and runs one turn per input line.

import { createInterface } from "node:readline";

const [file, name, options] = process.argv.slice(2);
const { contenders } = await import(file);
const turn = await contenders[name](JSON.parse(options));

console.log(JSON.stringify({ ready: true }));
for await (const _ of createInterface({ input: process.stdin })) {
  globalThis.gc();
  console.log(JSON.stringify({ took: await turn() }));
}
