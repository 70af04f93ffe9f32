// Work without a network after the first visit. The service worker keeps the page's own files, and nothing else.

import { button, fill, h } from "./ui/dom.js";
import { lang, words } from "./i18n.js";

export function workOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker
    .register(new URL("./offline-worker.js", document.baseURI))
    .then(lookForNewer)
    // Where it is not allowed (opened without https, in a private window) the page works all the same.
    .catch(() => undefined);
}

/** A newer service worker waits until it is asked to take over, or no page of the older one is open. */
function lookForNewer(registration: ServiceWorkerRegistration): void {
  let told = false;
  const look = (): void => {
    // The very first one is no news.
    if (told || !registration.waiting || !registration.active) return;
    told = true;
    tellOfNewer(registration);
    lang.watch(() => tellOfNewer(registration));
  };
  look();
  const follow = (): void => registration.installing?.addEventListener("statechange", look);
  follow();
  registration.addEventListener("updatefound", follow);
}

/** Only told: loading the page anew would take away what is entered. */
function tellOfNewer(registration: ServiceWorkerRegistration): void {
  const notice = document.getElementById("notice");
  if (!notice) return;
  notice.hidden = false;
  fill(
    notice,
    h("p", {}, words().newer),
    button(words().reload, () => reload(registration), { class: "small" }),
  );
}

function reload({ waiting }: ServiceWorkerRegistration): void {
  // Another window may have let it take over before.
  if (!waiting) return location.reload();
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("take over");
}
