// A server that deploys a newer version of the page.

import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** Serves a folder; `renew()` changes `index.html` and the version of the service worker. */
export async function serveVersions(folder) {
  const files = new Map(readdirSync(folder).map((name) => [`/${name}`, readFileSync(join(folder, name))]));
  const server = createServer(({ url }, response) => {
    const name = url === "/" ? "/index.html" : url;
    const body = files.get(name);
    response.writeHead(body ? 200 : 404, { "Content-Type": types[extname(name)] ?? "text/plain" });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://localhost:${server.address().port}/`,
    renew: () => {
      const change = (name, from, to) => files.set(name, Buffer.from(files.get(name).toString().replace(from, to)));
      change("/index.html", '<html lang="de">', '<html lang="de" data-newer="yes">');
      change("/offline-worker.js", /[0-9a-f]{16}/, "0123456789abcdef");
    },
    close: () => server.close(),
  };
}
