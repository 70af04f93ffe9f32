// Every contender is a process that loads its data once, and then does one timed run for every line it reads.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** What a contender of this folder does: see `contender.mjs`. */
export function contender(name, file, options) {
  const words = ["--expose-gc", join(import.meta.dirname, "contender.mjs"), file, name, JSON.stringify(options)];
  return start(name, process.execPath, words, ({ took }) => took);
}

/** A contender elsewhere. `tell` takes milliseconds, or an object of them, from what it says. */
export async function start(name, command, words, tell) {
  const environment = { ...process.env, RAYON_NUM_THREADS: "1" };
  const child = spawn(command, words, { env: environment, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async () => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) {
        throw new Error(`${name} ended`);
      }
      // Some solvers say more than they are asked.
      if (value.startsWith("{")) {
        return JSON.parse(value);
      }
    }
  };
  const turn = async () => {
    child.stdin.write("go\n");
    return tell(await read());
  };
  const end = async () => {
    child.stdin.end();
    if (child.exitCode === null && child.signalCode === null) {
      await once(child, "exit");
    }
  };
  await read();
  return { name, turn, end };
}
