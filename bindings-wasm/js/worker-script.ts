// The script of the worker in a browser.

import { compileModule } from "./source.js";
import type { CallMessage, InitMessage, WorkerMessage } from "./worker-protocol.js";
import { messageListener } from "./worker-server.js";

interface BrowserWorkerScope {
  postMessage(message: WorkerMessage): void;
  addEventListener(type: "message", listener: (event: { readonly data: InitMessage | CallMessage }) => void): void;
}
// TypeScript's libraries of pages and of workers exclude each other.
const scope = globalThis as unknown as BrowserWorkerScope;

const listener = messageListener({
  postMessage: (message) => scope.postMessage(message),
  compileDefault: () => compileModule(new URL("./lotse.wasm", import.meta.url)),
  compileImport: () => compileModule(new URL("./lotse-import.wasm", import.meta.url)),
});
scope.addEventListener("message", ({ data }) => listener(data));
