// Reading a file that a person chose or dropped: all of what was announced, or a sentence.

const LONGEST_NAME = 60;

// A name may steer the line it is in, or fill it.
export function tellName({ name }) {
  const plain = [...name.replace(/\p{C}/gu, "_")];
  const end = name.lastIndexOf(".") > 0 ? plain.slice(-8) : [];
  return plain.length > LONGEST_NAME
    ? [...plain.slice(0, LONGEST_NAME - end.length), "\u2026", ...end].join("")
    : plain.join("");
}

export async function readPart(file, at, longest) {
  const length = Math.min(longest, file.size - at);
  const part = await file
    .slice(at, at + length)
    .arrayBuffer()
    .catch(() => null);
  if (part?.byteLength === length) return part;
  throw new Error(
    `${tellName(file)} could not be read: it is a folder, or it changed meanwhile. Choose the file again.`,
  );
}
