/* Covers areas of a photo that is here already, in the dialog its like are looked at in before they are sent. */

import { prepared } from "./preparing.js";
import { announce, words } from "./wording.js";

async function save(key, areas, token) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const body = JSON.stringify({ areas: JSON.stringify(areas) });
  const answer = await fetch(`/photos/${key}/areas`, { method: "POST", headers, body });
  if (answer.ok) return "";
  const told = await answer.json().catch(() => ({}));
  return told.message || Object.values(told.errors ?? {}).flat()[0] || words("refused");
}

export async function cover(entry, asking, token) {
  const told = await (await fetch(`/photos/${entry.key}/state`)).json();
  const pressed = await asking.look(told.large, entry.name, ["cover", "leave"]);
  const { areas } = asking.brush;
  asking.close();
  if (pressed !== "cover" || !areas.length) return;
  const refusal = await save(entry.key, areas, token);
  if (refusal) {
    entry.is("ready", refusal);
    announce(words("failed", { name: entry.name, reason: refusal }));
  } else await prepared(entry);
}
