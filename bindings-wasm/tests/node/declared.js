// Parses declaration files: the types and their fields.

/** Returns the text between the brace at `open` and its closing brace. */
function body(text, open) {
  for (let end = open, depth = 0; ; end += 1) {
    depth += text[end] === "{" ? 1 : text[end] === "}" ? -1 : 0;
    if (depth === 0) {
      return text.slice(open + 1, end);
    }
  }
}

/** Returns the fields of a body by name, with the text of their types. */
function fields(text, owner) {
  const found = new Map();
  for (let position = 0; ; ) {
    const next = /^[^]*?(?:readonly )?(?:(\w+)|\[\w+ in [^\]]*\]|\[\w+: string\])\??: /.exec(text.slice(position));
    if (next === null) {
      return found;
    }
    const start = position + next[0].length;
    let end = start;
    for (let depth = 0; end < text.length && (depth > 0 || text[end] !== ";"); end += 1) {
      depth += text[end] === "{" ? 1 : text[end] === "}" ? -1 : 0;
    }
    // An index signature or a mapped type has no field name.
    found.set(next[1] ?? "*", { type: text.slice(start, end), name: `${owner}.${next[1] ?? "*"}` });
    position = end;
  }
}

/** Parses the interfaces and type aliases of declaration files. */
export function declared(texts) {
  const text = texts.join("\n").replace(/\/\*[^]*?\*\/|\/\/.*/g, "");
  const types = new Map();
  for (const found of text.matchAll(/export interface (\w+)(?: extends (\w+))? \{/g)) {
    const own = fields(body(text, found.index + found[0].length - 1), found[1]);
    types.set(found[1], { own, parent: found[2] });
  }
  for (const [, name, alias] of text.matchAll(/export type (\w+) =\s+(\{[^]*?\}|[^{}]*?);\n/g)) {
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
    /** Returns all fields as `Type.field`. */
    all: () => [...types.values()].flatMap(({ own }) => [...(own ?? [])].flatMap(([, field]) => within(field))),
    /** Records the fields that occur in a value of the type. */
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
