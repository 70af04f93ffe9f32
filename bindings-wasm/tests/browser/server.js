// Serves folders under a strict content security policy.

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
};

// No other origins, no inline scripts and no `eval`; compiling WebAssembly is allowed.
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "report-uri /violation",
].join("; ");

/**
 * Serves `folders`, by the first part of the path, and `bodies`, by the whole path. `violations` has the reports of the
 * policy, also those of workers, which have no console.
 */
export async function serve(folders, bodies = {}) {
  const violations = [];
  const requests = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    requests.push(path);
    const headers = { "content-security-policy": POLICY, "cache-control": "no-store" };
    if (path === "/violation") {
      let body = "";
      request.on("data", (part) => (body += part));
      request.on("end", () => {
        violations.push(body);
        response.writeHead(204).end();
      });
      return;
    }
    const type = TYPES[extname(path)];
    if (path in bodies) {
      response.writeHead(200, { ...headers, "content-type": type }).end(bodies[path]);
      return;
    }
    const [, first, ...rest] = path.split("/");
    const file = first in folders ? join(folders[first], normalize(`/${rest.join("/")}`)) : "";
    if (type === undefined || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404, headers).end();
      return;
    }
    response.writeHead(200, { ...headers, "content-type": type });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    violations,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
