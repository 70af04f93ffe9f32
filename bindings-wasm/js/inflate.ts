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

const FIXED_LENGTHS = Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8));

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
  const nextCodes = firstCodes(lengths, bits);
  for (let symbol = 0; symbol < lengths.length; symbol += 1) {
    const length = lengths[symbol] ?? 0;
    if (length > 0) {
      const code = nextCodes[length] ?? 0;
      nextCodes[length] = code + 1;
      // The stream has the first bit of a code last.
      for (let entry = reversed(code, length); entry < entries.length; entry += 2 ** length) {
        entries[entry] = symbol * 16 + length;
      }
    }
  }
  return { bits, entries };
}

/** Returns the first code of each length: codes are consecutive, the shorter ones first. */
function firstCodes(lengths: readonly number[], bits: number): number[] {
  const counts = new Array<number>(bits + 1).fill(0);
  for (const length of lengths) {
    counts[length] = (counts[length] ?? 0) + 1;
  }
  counts[0] = 0;
  let code = 0;
  return counts.map((_, length) => {
    code = (code + (counts[length - 1] ?? 0)) * 2;
    return code;
  });
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

  /** Skips the rest of the current byte. */
  align(): void {
    this.bits(this.#count % 8);
  }

  /** Reads the code lengths of a block, which are compressed themselves. */
  tables(): Tables {
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
 * Decompresses data.
 *
 * @param size the number of bytes of the result
 */
export function inflate(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const reader = new BitReader(bytes);
  const result = new Uint8Array(size);
  let end = 0;
  for (let isLast = false; !isLast; ) {
    isLast = reader.bits(1) === 1;
    const kind = reader.bits(2);
    end = kind === 0 ? copyStored(reader, result, end) : decodeBlock(reader, tablesOf(kind, reader), result, end);
  }
  return result;
}

type Tables = readonly [literals: HuffmanTable, distances: HuffmanTable];

function tablesOf(kind: number, reader: BitReader): Tables {
  const isFixed = kind === 1;
  return isFixed ? [huffmanTable(FIXED_LENGTHS), huffmanTable(new Array<number>(30).fill(5))] : reader.tables();
}

/** Returns the end of the result after the block. */
function copyStored(reader: BitReader, result: Uint8Array, start: number): number {
  reader.align();
  const end = start + reader.bits(16);
  reader.bits(16); // the complement of the length
  for (let index = start; index < end; index += 1) {
    result[index] = reader.bits(8);
  }
  return end;
}

function decodeBlock(reader: BitReader, [literals, distances]: Tables, result: Uint8Array, start: number): number {
  let end = start;
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
  return end;
}
