// Records for tests of the page: many random ones from a fixed seed, and a minimal set.

const KREISE = [
  ..."14511 14521 14522 14523 14524 14612 14625 14626 14627 14628 14713 14729 14730 15084 15088 16077 12066".split(" "),
];
const LANGUAGES = "de en ar prs fa uk ru tr kmr ckb ti so ps pl cs vi ro".split(" ");
const HELP = [
  "psychosocial.acute",
  "psychosocial.counselling",
  "psychosocial.trauma_clinic",
  "psychosocial.child_support",
  "legal.first_advice",
  "financial.compensation_claim",
  "practical.everyday",
  "protection.shelter",
];
const PRIORITIES = ["stat", "asap", "urgent", "routine", "routine"];
const ROLES = ["injured", "bereaved", "witness"];

/** Returns two offers with the given capacity, and two needs that match both. */
export function twoAndTwo(capacity) {
  const languages = ["de"];
  return {
    as_of: "2026-01-31",
    offers: [
      { id: "o-1", name: "Eins", languages, capacity },
      { id: "o-2", name: "Zwei", languages, capacity },
    ],
    needs: ["n-1", "n-2"].map((id) => ({ id, languages })),
  };
}

export function manyRecords(needCount, offerCount, seed = 7) {
  let state = seed;
  const random = (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pick = (list) => list[random(list.length)];
  const some = (list, count) => [...new Set(Array.from({ length: count }, () => pick(list)))];
  const offers = Array.from({ length: offerCount }, (_, index) => ({
    id: `o-${index}`,
    name: `Stelle ${index}`,
    organisation: `Träger ${index % 40}`,
    help: some(HELP, 2),
    languages: [...new Set(["de", ...some(LANGUAGES, 2)])],
    area: some(KREISE, 3),
    crimes: ["any"],
    capacity: { free: random(5), updated: `2026-11-2${random(4)}` },
    formats: ["on_site", "phone"],
  }));
  const needs = Array.from({ length: needCount }, (_, index) => ({
    id: `n-${String(index).padStart(5, "0")}`,
    case: `c-${index >> 1}`,
    priority: pick(PRIORITIES),
    help: pick(HELP),
    languages: [...new Set([pick(LANGUAGES), ...(random(2) === 0 ? [] : ["de"])])],
    region: pick(KREISE),
    crime: { code: "0102", context: ["terrorism"] },
    roles: [pick(ROLES)],
    age: random(90),
  }));
  return { offers, needs };
}
