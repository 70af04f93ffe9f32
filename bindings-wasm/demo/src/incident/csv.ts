// Tables as CSV for spreadsheets: separated by semicolons, as German ones expect, with a byte order mark for UTF-8.

/**
 * Prevents a spreadsheet from evaluating any part of a text as a formula, at whichever separator it splits the file; the
 * command line has the same rule. An apostrophe precedes each sign that may begin a formula, at the start and after each
 * separator. Quotes do not help: a spreadsheet that expects another separator does not take them for quotes.
 */
export function escapeFormulas(text: string): string {
  return text
    .replace(/[\t\n\r]/g, " ")
    .replace(/[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu, "")
    .replace(/(^|[,;])([\p{White_Space}"]*)(?=[=+\-@＝＋－＠])/gu, "$1$2'");
}

/** Encodes a cell, quoted if necessary. A number is no text, so it keeps its sign. */
function csvCell(value: string | number): string {
  const text = typeof value === "string" ? escapeFormulas(value) : String(value);
  return /[;"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(csvCell).join(";")).join("\r\n")}\r\n`;
}
