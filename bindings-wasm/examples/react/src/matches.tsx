// Offers for one person, updated at each keystroke: a ranking takes less than a millisecond, so it needs no worker.

import { type CodeKind, Matcher, Vocabulary, ready } from "lotse";
import { use, useMemo, useState } from "react";

import offers from "./offers.json";

const names = new Map(offers.map(({ id, name }) => [id, name]));
// Once for all components; `use` suspends them until the module is loaded.
const loading = ready().then(() => ({ matcher: new Matcher({ offers }), vocabulary: new Vocabulary() }));

export function Matches() {
  const { matcher, vocabulary } = use(loading);
  const [language, setLanguage] = useState("");
  const [region, setRegion] = useState("");
  const matches = useMemo(() => {
    // The code that a typed word most probably means. A real form lets people choose among the suggestions.
    const code = (text: string, kind: CodeKind) => vocabulary.suggest(text, { kind, lang: "en", top: 1 })[0]?.code;
    const tag = code(language, "language");
    const need = { id: "n-1", languages: tag === undefined ? [] : [tag], region: code(region, "region") };
    return matcher.rank(need, { lang: "en", top: 3 });
  }, [matcher, vocabulary, language, region]);

  return (
    <section>
      <h1>Offers for one person</h1>
      <Field label="Language" value={language} onChange={setLanguage} />
      <Field label="Region" value={region} onChange={setRegion} />
      <ol id="matches">
        {matches.map(({ offer, score, reasons }) => (
          <li key={offer}>
            {names.get(offer)} ({Math.round(score * 100)} %): {reasons?.map(({ text }) => text).join(" ")}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Field({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label>
      {label} <input name={label.toLowerCase()} value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
