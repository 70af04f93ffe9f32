// Work without a network after the first visit. The service worker keeps the page's own files, and nothing else.

import { button, fill, h } from "./parts/dom.js";
import { lang, words } from "./tongue.js";

export function workOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    // The first one is no news; a later one has the files of a newer page.
    if (controlled) {
      tellOfNewer();
      lang.watch(tellOfNewer);
    }
    controlled = true;
  });
  // Where it is not allowed (opened without https, in a private window) the page works all the same.
  navigator.serviceWorker.register(new URL("./offline-worker.js", document.baseURI)).catch(() => undefined);
}

/** Only told: loading the page anew would take away what is entered. */
function tellOfNewer(): void {
  const notice = document.getElementById("notice");
  if (!notice) return;
  notice.hidden = false;
  fill(
    notice,
    h("p", {}, words().newer),
    button(words().reload, () => location.reload(), { class: "small" }),
  );
}
