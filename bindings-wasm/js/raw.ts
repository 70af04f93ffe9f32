// The compiled half, without its own way of loading: that names a file by its address, and bundlers would copy it.

export {
  RawMatcher,
  type RawPlan,
  RawVocabulary,
  call,
  check,
  criterion_name,
  initSync,
  solve,
  version,
} from "../pkg/lotse.js";
