// A program in the fragment of an address, so that a link carries it and no server sees it.
//
//   await packProgram(code) -> "z.<text>" (deflated) or, where the browser cannot, "u.<text>" (as is)
//   await unpackProgram(packed) -> the program; throws where it is not one
//   plainProgram(code) -> "u.<text>", at once
//
// Both in base64url. What comes out of an address is text that anybody may have written: it is read
// strictly, it may not grow beyond a cap, and what cannot be seen in it is refused.
export const LONGEST_LINK = 8000; // characters: mail, chats and forums cut longer addresses
const LONGEST_PROGRAM = 50_000; // bytes, unpacked

function toBase64url(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function fromBase64url(text) {
  if (!/^[\w-]+$/.test(text)) throw new Error("not base64url");
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

// All that a stream gives, and an error where that is more than the cap.
async function through(transform, bytes, cap) {
  const reader = new Blob([bytes]).stream().pipeThrough(transform).getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > cap) {
      reader.cancel().catch(() => {});
      throw new Error("too long");
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

export const plainProgram = (code) => `u.${toBase64url(new TextEncoder().encode(code))}`;

export async function packProgram(code) {
  try {
    const bytes = new TextEncoder().encode(code);
    return `z.${toBase64url(await through(new CompressionStream("deflate-raw"), bytes, Infinity))}`;
  } catch {
    return plainProgram(code); // an older browser
  }
}

export async function unpackProgram(packed) {
  if (packed.length > 2 * LONGEST_LINK) throw new Error("too long");
  const [, kind, text] = packed.match(/^([zu])\.([\w-]*)$/) ?? [];
  if (!kind) throw new Error("no program");
  const bytes = text === "" ? new Uint8Array() : fromBase64url(text);
  const plain = kind === "z" ? await through(new DecompressionStream("deflate-raw"), bytes, LONGEST_PROGRAM) : bytes;
  if (plain.length > LONGEST_PROGRAM) throw new Error("too long");
  const code = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(plain).replace(/\r\n?/g, "\n");
  // Control characters, and those that let a line read otherwise than it runs.
  if (/[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/.test(code)) throw new Error("hidden characters");
  return code;
}
