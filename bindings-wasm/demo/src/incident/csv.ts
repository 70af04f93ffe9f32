// A table as text for spreadsheets: separated by semicolons, as German ones expect, with a mark for UTF-8.

/** A cell that no spreadsheet takes for a formula, quoted where it must be. */
function csvCell(value: string | number): string {
  const text = typeof value === "string" && /^\s*[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : String(value);
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(csvCell).join(";")).join("\r\n")}\r\n`;
}
