// Tables as CSV for spreadsheets: separated by semicolons, as German ones expect, with a byte order mark for UTF-8.

/** Encodes a cell, quoted if necessary. An apostrophe keeps spreadsheets from evaluating a text as a formula. */
function csvCell(value: string | number): string {
  const text = typeof value === "string" && /^\s*[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : String(value);
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(csvCell).join(";")).join("\r\n")}\r\n`;
}
