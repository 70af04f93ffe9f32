// One contender: `contenders` of a file make, by name, what is to be done in each turn.

import { createInterface } from "node:readline";

const [file, name, options] = process.argv.slice(2);
const { contenders } = await import(file);
const turn = await contenders[name](JSON.parse(options));

console.log(JSON.stringify({ ready: true }));
for await (const _ of createInterface({ input: process.stdin })) {
  globalThis.gc();
  console.log(JSON.stringify({ took: await turn() }));
}
