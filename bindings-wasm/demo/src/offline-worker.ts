// The service worker: keeps the files of the page, under a name that changes with their content, and answers from them.
// It sees no records: those never leave the page.

declare const VERSION: string;
declare const FILES: readonly string[];

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Told extends Event {
  readonly data: unknown;
}
interface Asking extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): void;
  addEventListener(type: "install" | "activate", listener: (event: Lasting) => void): void;
  addEventListener(type: "message", listener: (event: Told) => void): void;
  addEventListener(type: "fetch", listener: (event: Asking) => void): void;
}
// The types of a page and of a service worker exclude each other.
const scope = self as unknown as Scope;
// Pages elsewhere on this server have caches of their own; a folder in a name ends before the space.
const PREFIX = `lotse-page ${new URL("./", scope.location.href).pathname} `;
const NAME = PREFIX + VERSION;

scope.addEventListener("install", (event) => {
  // Past the browser's own cache, so that all files are of one version.
  const requests = FILES.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(requests)));
});

// Until then the files of the older version stay for the pages that are open, so that no page mixes two versions.
scope.addEventListener("message", ({ data }) => {
  if (data === "take over") scope.skipWaiting();
});

scope.addEventListener("activate", (event) => {
  const clear = async (): Promise<void> => {
    const names = await caches.keys();
    await Promise.all(
      names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name)),
    );
    await scope.clients.claim();
  };
  event.waitUntil(clear());
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== scope.location.origin) return;
  const answer = async (): Promise<Response> => {
    const cache = await caches.open(NAME);
    return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
  };
  event.respondWith(answer());
});
