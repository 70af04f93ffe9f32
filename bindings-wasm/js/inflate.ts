// Decompresses DEFLATE (RFC 1951) synchronously, which no browser offers. The data is that of the build, so nothing is validated.

const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Returns the first value of each range, whose sizes are powers of two. */
function bases(first: number, extra: readonly number[]): number[] {
  let next = first;
  return extra.map((bits) => {
    const base = next;
    next += 2 ** bits;
    return base;
  });
}

const LENGTH_BASE = [...bases(3, LENGTH_EXTRA.slice(0, 28)), 258]; // the last one is no range
const DISTANCE_BASE = bases(1, DISTANCE_EXTRA);

/** A Huffman code: for each sequence of `bits` bits the symbol that it begins with, and the length of that symbol's code. */
interface HuffmanTable {
  readonly bits: number;
  readonly entries: Uint16Array;
}

/** Builds a canonical Huffman code from the length of each symbol's code, 0 for a symbol that does not occur. */
function huffmanTable(lengths: readonly number[]): HuffmanTable {
  const bits = Math.max(1, ...lengths);
  const entries = new Uint16Array(2 ** bits);
  let code = 0;
  for (let length = 1; length <= bits; length += 1) {
    for (const [symbol, own] of lengths.entries()) {
      if (own === length) {
        // The stream has the first bit of a code last.
        for (let entry = reversed(code, length); entry < entries.length; entry += 2 ** length) {
          entries[entry] = symbol * 16 + length;
        }
        code += 1;
      }
    }
    code *= 2;
  }
  return { bits, entries };
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit += 1) {
    result = (result << 1) | ((code >> bit) & 1);
  }
  return result;
}

/** Reads bits, the lowest of a byte first. */
class BitReader {
  readonly #bytes: Uint8Array;
  #position = 0;
  #buffer = 0;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  #fill(count: number): void {
    while (this.#count < count) {
      this.#buffer |= (this.#bytes[this.#position] ?? 0) << this.#count; // after the end there are zeros
      this.#position += 1;
      this.#count += 8;
    }
  }

  /** Reads a number of at most 16 bits. */
  bits(count: number): number {
    this.#fill(count);
    const value = this.#buffer & ((1 << count) - 1);
    this.#buffer >>>= count;
    this.#count -= count;
    return value;
  }

  symbol({ bits, entries }: HuffmanTable): number {
    this.#fill(bits);
    const entry = entries[this.#buffer & ((1 << bits) - 1)] ?? 0;
    this.#buffer >>>= entry & 15;
    this.#count -= entry & 15;
    return entry >> 4;
  }

  /** Reads the code lengths of a block, which are compressed themselves. */
  tables(): [literals: HuffmanTable, distances: HuffmanTable] {
    const literals = this.bits(5) + 257;
    const distances = this.bits(5) + 1;
    const used = this.bits(4) + 4;
    const own = new Array<number>(19).fill(0);
    for (const symbol of CODE_LENGTH_ORDER.slice(0, used)) {
      own[symbol] = this.bits(3);
    }
    const table = huffmanTable(own);
    const lengths: number[] = [];
    while (lengths.length < literals + distances) {
      const symbol = this.symbol(table);
      if (symbol < 16) {
        lengths.push(symbol);
      } else {
        const repeated = symbol === 16 ? (lengths.at(-1) ?? 0) : 0;
        const count = symbol === 16 ? this.bits(2) + 3 : symbol === 17 ? this.bits(3) + 3 : this.bits(7) + 11;
        lengths.push(...new Array<number>(count).fill(repeated));
      }
    }
    return [huffmanTable(lengths.slice(0, literals)), huffmanTable(lengths.slice(literals))];
  }
}

/**
 * Decompresses blocks of dynamic Huffman codes, as a compressor writes them for all but the smallest data.
 *
 * @param size the number of bytes of the result
 */
export function inflate(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const reader = new BitReader(bytes);
  const result = new Uint8Array(size);
  let end = 0;
  for (let isLast = false; !isLast; ) {
    isLast = reader.bits(1) === 1;
    if (reader.bits(2) !== 2) {
      throw new Error("a block of another kind than the build writes");
    }
    const [literals, distances] = reader.tables();
    for (let symbol = reader.symbol(literals); symbol !== 256; symbol = reader.symbol(literals)) {
      if (symbol < 256) {
        result[end] = symbol;
        end += 1;
      } else {
        const length = (LENGTH_BASE[symbol - 257] ?? 0) + reader.bits(LENGTH_EXTRA[symbol - 257] ?? 0);
        const code = reader.symbol(distances);
        const distance = (DISTANCE_BASE[code] ?? 0) + reader.bits(DISTANCE_EXTRA[code] ?? 0);
        for (const until = end + length; end < until; end += 1) {
          result[end] = result[end - distance] ?? 0; // byte by byte, because the copy may overlap its source
        }
      }
    }
  }
  return result;
}
