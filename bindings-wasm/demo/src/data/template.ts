// Empty tables with the columns that the import knows for sure, and one invented row.

import type { RecordKind } from "lotse/import";
import { csvText } from "../incident/csv.js";

const TEMPLATES: Record<RecordKind, readonly (readonly string[])[]> = {
  offers: [
    ["Nr", "Einrichtung", "Träger", "Hilfeart", "Sprachen", "Zuständig für", "PLZ", "Ort", "Zugangsweg", "Alter", "rollstuhlgerecht",
      "kostenlos", "freie Plätze", "Stand", "Telefon", "E-Mail", "Web"],
    ["B-1", "Beratungsstelle Beispiel", "Beispiel e. V.", "Psychosoziale Beratung", "Deutsch, Dari mit Dolmetscher", "Dresden", "01067", "Dresden",
      "vor Ort, Telefon", "ab 16", "ja", "ja", "3", "23.11.2026", "0351 0000000", "", ""],
  ],
  needs: [
    ["Nr", "Familie", "Hilfebedarf", "Sprache", "Deutschkenntnisse", "PLZ", "Wohnort", "Alter", "Geschlecht", "Rolle", "Delikt",
      "Dringlichkeit", "Personenzahl"],
    ["F-1", "", "Traumaambulanz", "Dari", "A2", "01067", "Dresden", "34", "weiblich", "verletzt", "Körperverletzung", "dringend", "1"],
  ],
};

export function template(kind: RecordKind): string {
  return csvText(TEMPLATES[kind]);
}
