// Records with every field.

export const AS_OF = "2026-11-23";

export const NEED = {
  id: "n-17", case: "c-9", group: "g-3", people: 1, priority: "urgent",
  help: "psychosocial.trauma_clinic",
  languages: ["prs", { tag: "de", level: "A2" }],
  region: "14612", place: { lat: 51.05, lon: 13.74 },
  crime: { code: "0101", context: ["terrorism"] },
  roles: ["bereaved"], gender: "female", age: 34,
  formats: ["on_site", "video"], access: ["wheelchair"],
  rules: { language: "prefer" },
};

export const OFFER = {
  id: "o-3", name: "Traumaambulanz Beispielstadt", organisation: "Beispielklinikum",
  help: ["psychosocial.trauma_clinic"],
  languages: ["de", "en", { tag: "prs", how: "interpreter" }],
  area: ["14612", "14628"], place: { region: "14612", lat: 51.06, lon: 13.78 },
  crimes: ["any", { code: "02" }, { context: ["terrorism"] }],
  capacity: { free: 3, total: 10, state: "open", updated: "2026-11-20" },
  roles: ["any"], genders: ["any"], ages: { min: 18 },
  formats: ["on_site", "phone"], access: ["wheelchair"],
  contact: { phone: "...", email: "...", url: "..." },
};

export const POLICY = {
  weights: { help: 10, crime: 20, language: 35, region: 20, capacity: 15, prefer: 5 },
  rules: { language: { rule: "must", minimum: 0.25 }, format: "prefer", access: { rule: "must", unknown: "exclude" } },
  unknown_fit: 0.5,
  language: { levels: { B1: 0.7 }, how: { interpreter: 0.75 }, order_step: 0.05, related: true },
  region: { near_km: 15, far_km: 150, far_fit: 0.3, neighbour: 0.4, remote: 0.9 },
  crime: { general: 0.8, vague: 0.6, context_open: 0.4 },
  capacity: { comfortable: 3, waitlist: 0.2, assessment: 0.6, stale_days: 14, assume: 1 },
  priority_weights: { stat: 8, asap: 4, urgent: 2, routine: 1 },
};

export const ADDITIONS = {
  regions: [{ code: "XA", kind: "country", name: "Nordland" }],
  region_aliases: { "01067": "14612" },
  languages: { "fa-af": "prs" },
  sign_languages: ["gsg"],
  umbrellas: { ku: ["kmr", "ckb"] },
  comprehension: [{ from: "sl", to: "hr", degree: 0.7, source: "our interpreters" }],
  names: [{ kind: "help", code: "psychosocial.acute", lang: "de", text: "Krisenhilfe" }],
  words: [{ kind: "help", codes: ["psychosocial.acute"], lang: "de", text: "Kriseninterventionsteam Nord" }],
};
