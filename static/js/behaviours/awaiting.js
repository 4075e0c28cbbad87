/* Draws the page anew as soon as the photo it is about has been prepared. */

import { settled } from "./preparing.js";

export default async function awaiting(place) {
  await settled(place.dataset.awaiting);
  location.reload();
}
