// Archives of the format ZIP: a package of tables is read as its files.

import { inputError } from "./error.js";

/** The limits of an archive, as of the core. */
const MAX_MEMBERS = 10_000;
const MAX_RATIO = 200;
const MAX_BYTES = 512 * 1024 * 1024;

// Signatures and lengths of the records of an archive (PKWARE APPNOTE 4.3).
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_LENGTH = 30;
const CENTRAL_HEADER = 0x02014b50;
const CENTRAL_HEADER_LENGTH = 46;
const END_RECORD = 0x06054b50;
const END_RECORD_LENGTH = 22;
const MAX_COMMENT_LENGTH = 0xffff;

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;

/** A file of an archive, still compressed. */
export interface ArchiveMember {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly compressed: Uint8Array;
}

/** Returns `true` if the bytes begin as an archive does. */
export function isArchive(bytes: Uint8Array): boolean {
  return bytes.length >= LOCAL_HEADER_LENGTH && viewOf(bytes).getUint32(0, true) === LOCAL_HEADER;
}

/**
 * Lists the files of an archive by its central directory.
 *
 * @throws LotseError `import.xlsx.damaged`, `import.archive.*` if it is encrypted or has a path that leaves its folder
 */
export function listMembers(name: string, bytes: Uint8Array): ArchiveMember[] {
  const view = viewOf(bytes);
  try {
    const end = findEnd(name, view);
    const [count, directory] = [view.getUint16(end + 10, true), view.getUint32(end + 16, true)];
    if (count > MAX_MEMBERS) {
      throw bomb(name);
    }
    const members: ArchiveMember[] = [];
    for (let at = directory, index = 0; index < count; index += 1) {
      const { member, next } = readMember(name, bytes, view, at);
      at = next;
      if (member !== undefined) {
        members.push(member);
      }
    }
    return members;
  } catch (error) {
    throw error instanceof RangeError ? damaged(name) : error; // an offset beyond the end
  }
}

/** Unpacks a file of an archive, within the limits. */
export async function unpack(archive: string, member: ArchiveMember): Promise<Uint8Array> {
  const { method, compressed } = member;
  if (method === STORED) {
    return checked(archive, member, compressed);
  }
  if (method !== DEFLATED) {
    throw damaged(archive); // or packed in a way that spreadsheets and offices do not use
  }
  const limit = Math.min(MAX_BYTES, compressed.length * MAX_RATIO);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = new Blob([compressed as BlobPart]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw damaged(archive);
    });
    if (done) {
      break;
    }
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      throw bomb(archive);
    }
    chunks.push(value);
  }
  return checked(archive, member, concatenate(chunks, size));
}

function findEnd(name: string, view: DataView): number {
  const first = Math.max(0, view.byteLength - END_RECORD_LENGTH - MAX_COMMENT_LENGTH);
  for (let at = view.byteLength - END_RECORD_LENGTH; at >= first; at -= 1) {
    if (view.getUint32(at, true) === END_RECORD) {
      return at;
    }
  }
  throw damaged(name);
}

function readMember(
  archive: string,
  bytes: Uint8Array,
  view: DataView,
  at: number,
): { member: ArchiveMember | undefined; next: number } {
  if (view.getUint32(at, true) !== CENTRAL_HEADER) {
    throw damaged(archive);
  }
  const [flags, method, compressedSize] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
  const size = view.getUint32(at + 24, true);
  const lengths = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)] as const;
  const local = view.getUint32(at + 42, true);
  const path = decodeName(bytes.subarray(at + CENTRAL_HEADER_LENGTH, at + CENTRAL_HEADER_LENGTH + lengths[0]));
  const next = at + CENTRAL_HEADER_LENGTH + lengths[0] + lengths[1] + lengths[2];
  if (isForeignPath(path)) {
    const hint = "ask for a new archive: this one may do harm";
    throw inputError("import.archive.path", archive, "an archive with a file outside its folder", hint);
  }
  if (path.endsWith("/") || isHidden(path)) {
    return { member: undefined, next };
  }
  if ((flags & ENCRYPTED) !== 0) {
    throw inputError("import.archive.encrypted", archive, "an archive with a password", "unpack it first");
  }
  if (size > compressedSize * MAX_RATIO + MAX_RATIO || size > MAX_BYTES) {
    throw bomb(archive);
  }
  // The names of the two headers may differ in length.
  const start = local + LOCAL_HEADER_LENGTH + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + compressedSize > bytes.length) {
    throw damaged(archive);
  }
  const compressed = bytes.subarray(start, start + compressedSize);
  const checksum = view.getUint32(at + 16, true);
  return { member: { name: path.split("/").at(-1) ?? path, method, checksum, compressed }, next };
}

/** The bytes, if they are what was packed. */
function checked(archive: string, { checksum }: ArchiveMember, bytes: Uint8Array): Uint8Array {
  if (crc32(bytes) !== checksum) {
    throw damaged(archive);
  }
  return bytes;
}

/** CRC-32 of ISO 3309, reflected, by a table of bytes. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return crc;
});

function decodeName(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replaceAll("\\", "/");
}

function isForeignPath(path: string): boolean {
  return path.startsWith("/") || /^[A-Za-z]:/.test(path) || path.split("/").includes("..");
}

/** What operating systems add to archives. */
function isHidden(path: string): boolean {
  return path.split("/").some((part) => part.startsWith(".") || part === "__MACOSX" || part === "Thumbs.db");
}

function damaged(name: string) {
  return inputError("import.xlsx.damaged", name, "a spreadsheet or an archive that is damaged");
}

function bomb(name: string) {
  const message = "an archive that is far larger when unpacked, or has too many files";
  return inputError("import.archive.bomb", name, message, "unpack it, and add the files that are needed");
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function concatenate(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
