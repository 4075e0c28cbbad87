/* Waits until the server has made of a photo what is shown: asks every second, later less often, never unseen. */

import { announce, words } from "./wording.js";

const [FIRST, SLOWEST, GROWTH] = [1000, 10000, 1.25];

function seen() {
  if (!document.hidden) return null;
  return new Promise((go) => { document.addEventListener("visibilitychange", go, { once: true }); });
}

async function ask(url) {
  try {
    const answer = await fetch(url);
    if (answer.status === 404) return { state: "gone" };
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // no connection: asked again when it is time
  }
}

/* What is told of it, once it is no longer waiting; null when nobody `wants` to know any more. */
export async function settled(url, wants = () => true) {
  for (let wait = FIRST; wants(); wait = Math.min(wait * GROWTH, SLOWEST)) {
    await seen();
    const told = await ask(url);
    if (told && told.state !== "waiting") return told;
    await new Promise((go) => { setTimeout(go, wait); });
  }
  return null;
}

export async function prepared(entry) {
  if (entry.state !== "waiting") entry.is("waiting");
  const told = await settled(`/photos/${entry.key}/state`, () => entry.element.isConnected);
  if (!told) return;
  if (told.name) entry.find("name").textContent = told.name;
  if (told.state === "ready") {
    entry.show(told.src);
    entry.is("ready", told.receipt);
    announce(words("ready", { name: entry.name, receipt: told.receipt }));
  } else if (told.state === "failed") {
    entry.is("failed", told.words);
    announce(words("failed", { name: entry.name, reason: told.words }));
  } else entry.is(told.state === "arriving" ? "unfinished" : "gone");
}
