// Offline use after the first visit. The service worker caches the page's own files, and nothing else.

import { lang, messages } from "./i18n.js";
import { button, fill, h } from "./ui/dom.js";

export function workOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker
    .register(new URL("./offline-worker.js", document.baseURI))
    .then(watchForUpdate)
    // If it is not allowed (without https, or in a private window), the page works without it.
    .catch(() => undefined);
}

/** Shows a notice about a newer service worker, which waits until it is activated or no older page is open. */
function watchForUpdate(registration: ServiceWorkerRegistration): void {
  let isShown = false;
  const showOnce = (): void => {
    // The very first service worker is no update.
    if (isShown || !registration.waiting || !registration.active) return;
    isShown = true;
    showUpdateNotice(registration);
    lang.subscribe(() => showUpdateNotice(registration));
  };
  showOnce();
  const follow = (): void => registration.installing?.addEventListener("statechange", showOnce);
  follow();
  registration.addEventListener("updatefound", follow);
}

/** Does not reload by itself, because that would discard what was entered. */
function showUpdateNotice(registration: ServiceWorkerRegistration): void {
  const notice = document.getElementById("notice");
  if (!notice) return;
  notice.hidden = false;
  fill(
    notice,
    h("p", {}, messages().newer),
    button(messages().reload, () => reload(registration), { class: "small" }),
  );
}

function reload({ waiting }: ServiceWorkerRegistration): void {
  // Another window may have activated it already.
  if (!waiting) return location.reload();
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("take over");
}
