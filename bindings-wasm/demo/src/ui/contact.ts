// The contact data of an offer. It comes from files, so only a valid phone number, e-mail address or web address
// becomes a link; everything else is shown as text.

import type { Contact } from "lotse";
import { messages } from "../i18n.js";
import { h, type Child } from "./dom.js";

export function contactList(contact: Contact | null | undefined): HTMLElement | null {
  if (!contact) return null;
  const { phone, email, url } = contact;
  const rows: Child[] = [
    phone ? row(messages().contact.phone, phoneLink(phone)) : null,
    email ? row(messages().contact.email, emailLink(email)) : null,
    url ? row(messages().contact.url, webLink(url)) : null,
  ];
  return rows.some(Boolean) ? h("dl", { class: "contact" }, rows) : null;
}

function row(term: string, value: Child): HTMLElement {
  return h("div", {}, h("dt", {}, term), h("dd", {}, value));
}

function phoneLink(phone: string): Child {
  const digits = phone.replace(/[\s()/.\-–]/g, "");
  return /^\+?\d{3,20}$/.test(digits) ? h("a", { href: `tel:${digits}` }, phone) : phone;
}

function emailLink(email: string): Child {
  return /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(email) ? h("a", { href: `mailto:${email}` }, email) : email;
}

function webLink(url: string): Child {
  if (!URL.canParse(url)) return url;
  const { protocol, href } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return url;
  const link = h("a", { href, target: "_blank", rel: "noopener noreferrer" }, url.replace(/^https?:\/\/|\/$/g, ""));
  link.append(h("span", { class: "visually-hidden" }, ` (${messages().contact.newTab})`));
  return link;
}
