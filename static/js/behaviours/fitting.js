/* What of the chosen files a story can have; the others are named, with the reason. */

import { isPhoto } from "./choosing.js";
import { words } from "./wording.js";

const MOST_BYTES = 16 * 1024 * 1024;

function refusal(file) {
  if (!isPhoto(file)) return words("no-photo", { name: file.name });
  return file.size > MOST_BYTES ? words("too-large", { name: file.name }) : "";
}

/* Each with an address of its own on this device. */
export function fitting(files, room, place) {
  const told = files.map(refusal);
  const good = files.filter((_file, number) => !told[number]);
  const said = [...told.filter(Boolean), ...(good.length > room ? [words("too-many")] : [])];
  place.replaceChildren(...said.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  return good.slice(0, room).map((file) => ({ file, src: URL.createObjectURL(file) }));
}
