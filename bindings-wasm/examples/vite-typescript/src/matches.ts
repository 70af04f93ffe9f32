// Offers for one person, updated at each keystroke: a ranking takes less than a millisecond, so it needs no worker.

import { type CodeKind, Matcher, type Need, Vocabulary, ready } from "lotse";

import offers from "./offers.json";

export async function showMatches(form: HTMLFormElement, list: Element): Promise<void> {
  await ready();
  const matcher = new Matcher({ offers });
  const vocabulary = new Vocabulary();
  const names = new Map(offers.map(({ id, name }) => [id, name]));

  /** Returns the code that a typed word most probably means. A real form lets people choose among the suggestions. */
  const code = (field: string, kind: CodeKind): string | undefined => {
    const text = String(new FormData(form).get(field) ?? "");
    return vocabulary.suggest(text, { kind, lang: "en", top: 1 })[0]?.code;
  };

  const update = (): void => {
    const language = code("language", "language");
    const need: Need = { id: "n-1", languages: language === undefined ? [] : [language], region: code("region", "region") };
    const matches = matcher.rank(need, { lang: "en", top: 3 });
    list.replaceChildren(
      ...matches.map(({ offer, score, reasons }) => {
        const item = document.createElement("li");
        const texts = reasons?.map(({ text }) => text) ?? [];
        item.textContent = `${names.get(offer)} (${Math.round(score * 100)} %): ${texts.join(" ")}`;
        return item;
      }),
    );
  };
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  update();
}
