// The combobox of the page within a rendered view. It keeps its own elements, so that rendering does not disturb typing.

import { useEffect, useRef } from "preact/hooks";
import { combobox, type Choice, type ComboboxOptions } from "../ui/combobox.js";

/** The options of its first rendering count, but for the functions. */
export function Combobox<Item extends Choice>(options: ComboboxOptions<Item>) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(options);
  latest.current = options;
  useEffect(() => {
    const { clear } = options;
    host.current?.replaceChildren(
      combobox<Item>({
        ...options,
        suggest: (typed) => latest.current.suggest(typed),
        choose: (item) => latest.current.choose(item),
        ...(clear && { clear: () => latest.current.clear?.() }),
      }),
    );
  }, [options.id]);
  return <div ref={host} />;
}
