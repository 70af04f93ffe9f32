// The script of the worker in Node, Bun and Deno.

import { messageListener } from "./worker-server.js";

const { parentPort } = process.getBuiltinModule("node:worker_threads");

const compileFile = async (name: string) =>
  new WebAssembly.Module(process.getBuiltinModule("node:fs").readFileSync(`${__dirname}/${name}`));

parentPort?.on(
  "message",
  messageListener({
    postMessage: (message) => parentPort.postMessage(message),
    compileDefault: () => compileFile("lotse.wasm"),
    compileImport: () => compileFile("lotse-import.wasm"),
  }),
);
