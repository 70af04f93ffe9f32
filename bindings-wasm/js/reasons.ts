// The facts of reasons by code. Codes, words and days are text, counts and degrees numbers. A list has at most 20 codes; a fact such
// as `offer_more` counts the others.

import type { DeliveryFormat, Gender, IsoDate, LanguageLevel, LanguageMode } from "./records.js";

/** The facts of a reason that has none. */
type None = Record<never, never>;

/** One code of a region, or several if a code of the record stands for several. */
type Regions = string | string[];

type OneHelp = { need: string };
type NeedCrime = { need?: string; need_context?: string[]; need_context_more?: number };
type OfferScope = { offer?: string; offer_context?: string[]; offer_context_more?: number };
type Roles = { need: string[]; need_more?: number };
type OneRegion = { need: Regions; need_more?: number };
type Area = OneRegion & {
  area: Regions;
  area_more?: number;
  reach: "remote" | "journey" | "same_kreis" | "unknown";
  km?: number;
};
type Languages = {
  need: string;
  offer: string;
  how: LanguageMode;
  level?: LanguageLevel;
  /** The position among the languages of the person, if it is not the first. */
  order?: number;
};
/** `people` is absent in plans, which count the places themselves. */
type Places = { free: number; people?: number };

/** The facts of a {@link Finding} by its code. */
export type FindingFacts = {
  "help.any": OneHelp;
  "help.covered": OneHelp & { offer: string };
  "help.ignored": None;
  "help.not_asked": None;
  "help.other": OneHelp & { offer: string[]; offer_more?: number };
  "help.part": OneHelp & { offer: string };
  "help.same": OneHelp & { offer: string };
  "help.unknown": OneHelp;
  "crime.any": NeedCrime;
  "crime.context_open": { need?: string } & OfferScope;
  "crime.ignored": None;
  "crime.not_asked": None;
  "crime.other": NeedCrime;
  "crime.restricted": { offer?: string[]; offer_more?: number; offer_context?: string[]; offer_context_more?: number };
  "crime.specialist": NeedCrime & OfferScope;
  "crime.unknown": NeedCrime;
  "crime.vague": NeedCrime & OfferScope;
  "language.any": Languages;
  "language.ignored": None;
  "language.interpreter": Languages;
  "language.none": { need: string[]; need_more?: number; offer: string[]; offer_more?: number };
  "language.not_asked": None;
  "language.on_request": Languages;
  "language.related": Languages & { degree: number };
  "language.spoken": Languages;
  "language.umbrella": Languages;
  "language.unknown": { need: string[]; need_more?: number };
  "language.variant": Languages;
  "region.ignored": None;
  "region.neighbour": Area;
  "region.not_asked": None;
  "region.outside": OneRegion & { area: Regions; area_more?: number };
  "region.part": Area;
  "region.same_kreis": Area;
  "region.unknown": OneRegion;
  "region.within": Area;
  "capacity.assessment": Partial<Places>;
  "capacity.free": Places;
  "capacity.full": None;
  "capacity.future": { updated: IsoDate };
  "capacity.ignored": None;
  "capacity.not_asked": None;
  "capacity.stale": { updated: IsoDate; days: number };
  "capacity.too_few": Places;
  "capacity.unknown": None;
  "capacity.unlimited": None;
  "capacity.waitlist": None;
  "role.any": Roles;
  "role.ignored": None;
  "role.not_asked": None;
  "role.other": Roles & { offer: string[]; offer_more?: number };
  "role.restricted": { offer: string[]; offer_more?: number };
  "role.served": { need: string; offer: string };
  "role.unknown": Roles;
  "gender.any": { need: Gender };
  "gender.ignored": None;
  "gender.not_asked": None;
  "gender.other": { need: Gender; offer: Gender[] };
  "gender.restricted": { offer: Gender[] };
  "gender.served": { need: Gender };
  "gender.unclear": { need: Gender; offer: Gender[] };
  "gender.unknown": { need: Gender };
  "age.above": { need: number; max: number };
  "age.below": { need: number; min: number };
  "age.ignored": None;
  "age.not_asked": None;
  "age.restricted": { min?: number; max?: number };
  "age.unknown": { need: number };
  "age.within": { need: number; min?: number; max?: number };
  "format.any": { need: DeliveryFormat[] };
  "format.ignored": None;
  "format.not_asked": None;
  "format.other": { need: DeliveryFormat[]; offer: DeliveryFormat[] };
  "format.shared": { shared: DeliveryFormat[] };
  "format.unknown": { need: DeliveryFormat[] };
  "access.ignored": None;
  "access.lacking": { lacking: string[]; lacking_more?: number };
  "access.not_asked": None;
  "access.offered": { need: string[]; need_more?: number };
  "access.unknown": { need: string[]; need_more?: number };
  "access.unmentioned": { missing: string[]; missing_more?: number };
};

/** The facts of a {@link RequiredChange} by its code: what the offer would have to state. */
export type ChangeFacts = {
  "change.access": { missing: string[]; missing_more?: number };
  "change.age": { min?: number; max?: number };
  "change.context": { context: string[]; more?: number };
  "change.crime": { crime?: string; context?: string[]; more?: number };
  "change.format": { formats: DeliveryFormat[] };
  "change.from": { from: string };
  "change.gender": { gender: Gender };
  "change.help": { help: string };
  "change.interpreter": { language: string };
  "change.know_gender": { genders: Gender[] };
  "change.none": None;
  "change.places": { more: number; people: number; state?: "full" | "waitlist" };
  "change.region": { region: Regions; more?: number; from?: string };
  "change.remote": { formats: DeliveryFormat[] };
  "change.role": { roles: string[]; roles_more?: number };
  "change.spoken": { language: string };
  "change.tell_access": { missing: string[]; missing_more?: number };
  "change.tell_age": { age: number };
  "change.tell_crime": { crime?: string; context?: string[]; more?: number };
  "change.tell_format": { formats: DeliveryFormat[] };
  "change.tell_gender": { gender: Gender };
  "change.tell_help": { help: string };
  "change.tell_language": { language: string };
  "change.tell_places": { places: number };
  "change.tell_region": { region: Regions; more?: number };
  "change.tell_role": { roles: string[]; roles_more?: number };
};

/** A code with its facts: a union, so that `code` decides which facts there are. */
export type Reason<FactsByCode> = {
  [Code in keyof FactsByCode]: {
    /** A stable code, such as `language.interpreter` or `change.interpreter`. */
    code: Code;
    facts: FactsByCode[Code];
  };
}[keyof FactsByCode];
