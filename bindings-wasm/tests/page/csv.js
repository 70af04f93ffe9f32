/** Parses CSV with semicolons and quoted cells. */
export function readCsv(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const body = text.replace(/^\uFEFF/, "");
  for (let index = 0; index < body.length; index += 1) {
    const sign = body[index];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (body[index + 1] === '"') cell += body[(index += 1)];
      else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ";") (rows.at(-1).push(cell), (cell = ""));
    else if (sign === "\r") continue;
    else if (sign === "\n") (rows.at(-1).push(cell), (cell = ""), rows.push([]));
    else cell += sign;
  }
  return rows.filter((row) => row.length > 0);
}
