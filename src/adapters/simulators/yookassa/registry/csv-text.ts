/** Writes lines of RFC 4180, with a semicolon between their fields. */
export function csvText(lines: readonly (readonly string[])[]): string {
  return lines.map((fields) => `${fields.map(field).join(';')}\r\n`).join('');
}

function field(text: string): string {
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
