// Files as the core reads them: text, or bytes in base64.

import { inputError } from "./error.js";
import { type ArchiveMember, isArchive, listMembers, unpack } from "./import-archive.js";
import type { ImportFile } from "./import-types.js";
import { checkedString } from "./json.js";

/** A file whose content is in memory; it can be sent to a worker. */
export interface LoadedFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** A file in a request. */
type WireFile = { readonly name: string } & ({ readonly text: string } | { readonly base64: string });

/** The largest file: text in base64 has to fit into a string. */
const MAX_BYTES = 256 * 1024 * 1024;

/** A part of bytes that is encoded at once: a multiple of three, below the largest number of arguments. */
const BASE64_CHUNK = 3 * 8192;

/** Loads the content of one file or of several, such as of a `FileList`. */
export function loadFiles(files: ImportFile | Iterable<ImportFile>): Promise<LoadedFile[]> {
  const isList = typeof files === "object" && files !== null && Symbol.iterator in files;
  return Promise.all((isList ? [...files] : [files]).map(loadFile));
}

async function loadFile(file: ImportFile): Promise<LoadedFile> {
  if (typeof file !== "object" || file === null) {
    throw new TypeError("a file must be a File, or have a name with bytes or text");
  }
  const name = checkedString(file.name, "the name of a file");
  if ("text" in file && typeof file.text === "string") {
    return { name, content: checkedString(file.text, "the text of a file") };
  }
  // A `File` also has methods named `text` and, in newer browsers, `bytes`.
  const isFile = "arrayBuffer" in file && typeof file.arrayBuffer === "function";
  const content: unknown = isFile ? await file.arrayBuffer() : "bytes" in file ? file.bytes : undefined;
  const bytes = bytesOf(content);
  if (bytes === undefined) {
    throw new TypeError("a file must be a File, or have a name with bytes or text");
  }
  if (bytes.length > MAX_BYTES) {
    throw inputError("import.limit", name, "larger than 256 MB");
  }
  return { name, content: bytes };
}

function bytesOf(content: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(content)) {
    return new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  }
  // By name, not `instanceof`: the value may come from another frame.
  return Object.prototype.toString.call(content) === "[object ArrayBuffer]" ? new Uint8Array(content as ArrayBuffer) : undefined;
}

/** Encodes files for a request. An archive becomes its files, and a spreadsheet is rejected. */
export async function encodeFiles(files: readonly LoadedFile[]): Promise<WireFile[]> {
  const encoded: WireFile[] = [];
  for (const { name, content } of files) {
    if (typeof content === "string" || !isArchive(content)) {
      encoded.push(encodeFile(name, content));
      continue;
    }
    const members = listMembers(name, content);
    rejectSpreadsheet(name, members);
    for (const member of members) {
      encoded.push(encodeFile(member.name, await unpack(name, member)));
    }
  }
  return encoded;
}

/** Office formats are archives of XML, which this module does not read. */
function rejectSpreadsheet(name: string, members: readonly ArchiveMember[]): void {
  const isSpreadsheet = members.some((member) => member.name === "workbook.xml" || member.name === "content.xml");
  if (isSpreadsheet) {
    throw inputError("import.format.xlsx", name, "a spreadsheet, which this program does not read", "save it as CSV UTF-8");
  }
}

function encodeFile(name: string, content: string | Uint8Array): WireFile {
  const text = typeof content === "string" ? content : decodeUtf8(content);
  return text === undefined ? { name, base64: toBase64(content as Uint8Array) } : { name, text };
}

/** Returns the text with its byte order mark, or `undefined` for any other encoding, which the core recognizes. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += BASE64_CHUNK) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + BASE64_CHUNK))));
  }
  return parts.join("");
}
