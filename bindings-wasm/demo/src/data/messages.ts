// The texts of the view of data, which are loaded with it.

import type { Lang } from "lotse";
import { lang } from "../i18n.js";
import { dataDeSimple } from "../messages/data-de-simple.js";
import { dataDe, type DataMessages } from "../messages/data-de.js";
import { dataEn } from "../messages/data-en.js";

const catalogues: Record<Lang, DataMessages> = { de: dataDe, en: dataEn, "de-simple": dataDeSimple };

export function dataMessages(): DataMessages {
  return catalogues[lang.value];
}
