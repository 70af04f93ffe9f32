/** Today's date where the caller is, like 2026-11-23. */
export function today(): string {
  const now = new Date();
  const digits = (number: number, length: number) => String(number).padStart(length, "0");
  return `${digits(now.getFullYear(), 4)}-${digits(now.getMonth() + 1, 2)}-${digits(now.getDate(), 2)}`;
}
