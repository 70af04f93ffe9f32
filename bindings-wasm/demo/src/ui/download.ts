import { h } from "./dom.js";

/** Downloads a text as a file. It is created in the page, without a request. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the address only after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
