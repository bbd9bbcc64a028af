const perRow = 16;

/** Bytes as rows of place, numbers and letters; nothing of them can steer a terminal. */
export function byteRows(bytes: Uint8Array): string[] {
  const rows = Math.ceil(bytes.length / perRow);
  return Array.from({ length: rows }, (_, row) => {
    const part = [...bytes.subarray(row * perRow, (row + 1) * perRow)];
    const numbers = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const letters = part.map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : '.')).join('');
    return `${(row * perRow).toString(16).padStart(4, '0')}  ${numbers.padEnd(perRow * 3 - 1)}  ${letters}`;
  });
}

const isPlain = (byte: number): boolean => byte >= 0x20 && byte < 0x7f;
