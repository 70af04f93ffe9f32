// The script of the worker in Node, Bun and Deno.

import { messageListener } from "./worker-server.js";

const { parentPort } = process.getBuiltinModule("node:worker_threads");

parentPort?.on(
  "message",
  messageListener({
    postMessage: (message) => parentPort.postMessage(message),
    compileDefault: async () =>
      new WebAssembly.Module(process.getBuiltinModule("node:fs").readFileSync(`${__dirname}/lotse.wasm`)),
  }),
);
