// What comes instead of the compiled module is named by the error, whatever it is.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { ready } from "lotse/slim";

const RESPONSES = {
  "/none.wasm": [404, "text/plain", "not found"],
  "/page.wasm": [200, "text/html; charset=utf-8", "<!doctype html><title>Page</title>"],
  "/empty.wasm": [200, "application/wasm", ""],
  "/text.wasm": [200, "application/wasm", "no module"],
  "/cut.wasm": [200, "application/octet-stream", Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0])],
};

const server = createServer(({ url }, response) => {
  const [status, type, body] = RESPONSES[url];
  response.writeHead(status, { "content-type": type }).end(body);
});
let address;
before(async () => {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${server.address().port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

for (const [path, [status, type]] of Object.entries(RESPONSES)) {
  test(`${path} as an address, an URL and a response`, async () => {
    const message = `lotse.wasm could not be loaded: ${status} ${type.split(";")[0]} ${address}${path}`;
    await assert.rejects(ready(`${address}${path}`), { message });
    await assert.rejects(ready(new URL(path, address)), { message });
    await assert.rejects(ready(fetch(`${address}${path}`)), { message });
  });
}

test("a response without an address or a type", async () => {
  await assert.rejects(ready(new Response(null, { status: 500 })), { message: "lotse.wasm could not be loaded: 500" });
  const html = new Response(new Uint8Array(8));
  await assert.rejects(ready(html), ({ message, cause }) => {
    assert.equal(message, "lotse.wasm could not be loaded: 200");
    return cause instanceof WebAssembly.CompileError;
  });
});

test("an address without a server, and a platform without fetch", async () => {
  const closed = "http://127.0.0.1:1/lotse.wasm";
  await assert.rejects(ready(closed), ({ message, cause }) => {
    assert.equal(message, `lotse.wasm could not be loaded: ${cause} ${closed}`);
    return cause instanceof TypeError;
  });
  const { fetch } = globalThis;
  delete globalThis.fetch;
  try {
    await assert.rejects(ready(closed), /^Error: lotse\.wasm could not be loaded: ReferenceError: fetch is not defined http:/);
  } finally {
    globalThis.fetch = fetch;
  }
});

test("bytes that are no module are the compiler's error", async () => {
  await assert.rejects(ready(new Uint8Array([0, 1, 2])), WebAssembly.CompileError);
});
