// Creates elements; besides the views that Preact renders, no other file does. It sets text and attributes, never markup: a name from a file stays text.

type Value = string | number | boolean | null | undefined;
export type Child = Node | string | number | null | undefined | false | readonly Child[];
type Listeners = { [Event in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Event]) => void };
export type Attributes = Record<string, Value>;

const SVG = "http://www.w3.org/2000/svg";

/** Creates an element with attributes and children; `false`, `null` and `undefined` are omitted. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

/** Creates an element of SVG. */
export function s<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS(SVG, tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

/** Sets attributes. One that could run a script or set a style is a defect of the page, and throws. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (/^(on|style$|srcdoc$)/i.test(name)) throw new Error(`attribute is not allowed: ${name}`);
    if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Replaces the children of an element. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren();
  append(element, children);
}

/** Adds listeners and returns the element. */
export function on<Target extends HTMLElement>(element: Target, listeners: Listeners): Target {
  for (const [event, listener] of Object.entries(listeners)) {
    element.addEventListener(event, listener as EventListener);
  }
  return element;
}

export function button(label: Child, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return on(h("button", { type: "button", ...attributes }, label), { click: act });
}

let lastId = 0;
/** Returns an id that is unique in the page, to link a label to its field. */
export function uniqueId(stem: string): string {
  lastId += 1;
  return `${stem}-${lastId}`;
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child as readonly Child[]);
    else element.append(child instanceof Node ? child : String(child));
  }
}
