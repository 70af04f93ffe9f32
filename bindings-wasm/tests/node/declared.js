// What the declarations of types declare: the fields of each, read from their text.

/** The text between a brace and the one that closes it. */
function body(text, open) {
  for (let at = open, depth = 0; ; at += 1) {
    depth += text[at] === "{" ? 1 : text[at] === "}" ? -1 : 0;
    if (depth === 0) {
      return text.slice(open + 1, at);
    }
  }
}

/** The fields of one body, with the text of their types. */
function fields(text, owner) {
  const found = new Map();
  for (let at = 0; ; ) {
    const next = /^[^]*?(?:readonly )?(?:(\w+)|\[\w+ in [^\]]*\]|\[\w+: string\])\??: /.exec(text.slice(at));
    if (next === null) {
      return found;
    }
    const start = at + next[0].length;
    let end = start;
    for (let depth = 0; end < text.length && (depth > 0 || text[end] !== ";"); end += 1) {
      depth += text[end] === "{" ? 1 : text[end] === "}" ? -1 : 0;
    }
    // A name of any word has none of its own.
    found.set(next[1] ?? "*", { type: text.slice(start, end), name: `${owner}.${next[1] ?? "*"}` });
    at = end;
  }
}

/** All interfaces and aliases of some declarations. */
export function declared(texts) {
  const text = texts.join("\n").replace(/\/\*[^]*?\*\/|\/\/.*/g, "");
  const types = new Map();
  for (const found of text.matchAll(/export interface (\w+)(?: extends (\w+))? \{/g)) {
    const own = fields(body(text, found.index + found[0].length - 1), found[1]);
    types.set(found[1], { own, parent: found[2] });
  }
  for (const [, name, alias] of text.matchAll(/export type (\w+) = (\{[^]*?\}|\w+);\n/g)) {
    types.set(name, { alias });
  }
  const seen = new Set();

  function structures(type) {
    const open = type.indexOf("{");
    if (open >= 0) {
      return [fields(body(type, open), type.slice(open))];
    }
    const record = /Record<[^,]*, ([^]*)>/.exec(type);
    if (record !== null) {
      return [new Map([["*", { type: record[1], name: type }]])];
    }
    return (type.match(/\w+/g) ?? []).filter((name) => types.has(name)).flatMap((name) => {
      const { own, parent, alias } = types.get(name);
      return alias === undefined ? [new Map([...(parent ? structures(parent)[0] : []), ...own])] : structures(alias);
    });
  }

  return {
    /** All fields, each by its type and name. */
    all: () => [...types.values()].flatMap(({ own }) => [...(own ?? [])].flatMap(([, field]) => within(field))),
    /** Notes the fields that a value of this type has. */
    note(value, type) {
      if (Array.isArray(value)) {
        value.forEach((item) => this.note(item, type));
      } else if (typeof value === "object" && value !== null) {
        for (const structure of structures(type)) {
          for (const [key, item] of Object.entries(value)) {
            const field = structure.get(key) ?? structure.get("*");
            if (field !== undefined) {
              seen.add(field.name);
              this.note(item, field.type);
            }
          }
        }
      }
    },
    seen,
  };

  function within({ type, name }) {
    const inline = type.includes("{") ? structures(type).flatMap((inner) => [...inner.values()].flatMap(within)) : [];
    return [name, ...inline].filter((name) => !name.endsWith(".*"));
  }
}
