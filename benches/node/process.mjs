// Each contender is a process, which loads its data once and then does one timed run per input line.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Starts a contender of this folder; see `contender.mjs`. */
export function contender(name, file, options) {
  const args = ["--expose-gc", join(import.meta.dirname, "contender.mjs"), file, name, JSON.stringify(options)];
  return start(name, process.execPath, args, ({ took }) => took);
}

/** Starts any contender. `parse` returns milliseconds, or an object of them, from its output. */
export async function start(name, command, args, parse) {
  const environment = { ...process.env, RAYON_NUM_THREADS: "1" };
  const child = spawn(command, args, { env: environment, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async () => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) {
        throw new Error(`${name} ended`);
      }
      // Some solvers print other lines too.
      if (value.startsWith("{")) {
        return JSON.parse(value);
      }
    }
  };
  const turn = async () => {
    child.stdin.write("go\n");
    return parse(await read());
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
