import { codeName, landName } from "../code-names.js";
import { suggest } from "../suggest.js";
import type { Choice } from "../ui/combobox.js";

/** Returns regions for a typed text, as choices of a combobox. */
export function regionSuggestions(typed: string): Choice[] {
  return typed.trim() === ""
    ? []
    : suggest("region", typed).map(({ code, word }) => {
        const land = landName(code);
        const note = [word, land].filter(Boolean).join(", ");
        return { key: code, name: codeName("region", code), ...(note && { note }) };
      });
}
