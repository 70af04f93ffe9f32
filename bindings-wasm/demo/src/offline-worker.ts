// The service worker. It caches the files of the page under a name that changes with their content, and serves them
// from the cache. It receives no records, because those never leave the page.

declare const VERSION: string;
declare const FILES: readonly string[];

interface LifecycleEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface DataEvent extends Event {
  readonly data: unknown;
}
interface RequestEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface ServiceWorkerScope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): void;
  addEventListener(type: "install" | "activate", listener: (event: LifecycleEvent) => void): void;
  addEventListener(type: "message", listener: (event: DataEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: RequestEvent) => void): void;
}
// TypeScript's libraries of pages and of service workers exclude each other.
const scope = self as unknown as ServiceWorkerScope;
// Other pages of this server have their own caches. The space, which no path contains, ends the folder's name.
const PREFIX = `lotse-page ${new URL("./", scope.location.href).pathname} `;
const NAME = PREFIX + VERSION;

scope.addEventListener("install", (event) => {
  // Bypasses the HTTP cache, so that all files have the same version.
  const requests = FILES.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(requests)));
});

// Until then the older version stays cached for the open pages, so that no page mixes two versions.
scope.addEventListener("message", ({ data }) => {
  if (data === "take over") scope.skipWaiting();
});

scope.addEventListener("activate", (event) => {
  const removeOldCaches = async (): Promise<void> => {
    const names = await caches.keys();
    await Promise.all(
      names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name)),
    );
    await scope.clients.claim();
  };
  event.waitUntil(removeOldCaches());
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== scope.location.origin) return;
  const respond = async (): Promise<Response> => {
    const cache = await caches.open(NAME);
    return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
  };
  event.respondWith(respond());
});
