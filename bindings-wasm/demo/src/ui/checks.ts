import { h, on, uniqueId } from "./dom.js";

/** A group of check boxes in the style of tags. */
export function checkboxGroup(
  legend: string,
  name: string,
  options: readonly { code: string; name: string }[],
  chosen: readonly string[],
  change: (chosen: string[]) => void,
): HTMLFieldSetElement {
  const boxes = options.map(({ code, name: text }) => {
    const id = uniqueId(name);
    const box = h("input", { type: "checkbox", id, value: code, "data-testid": `${name}-${code}` });
    box.checked = chosen.includes(code);
    return { box, label: h("label", { for: id, class: "tag-box" }, box, h("span", {}, text)) };
  });
  const field = h(
    "fieldset",
    { class: "checks" },
    h("legend", {}, legend),
    boxes.map(({ label }) => label),
  );
  return on(field, {
    change: () => change(boxes.filter(({ box }) => box.checked).map(({ box }) => box.value)),
  });
}
