/* The page of one photo: areas are drawn on it. Where the browser cannot show the photo, the page stays as it was. */

import { Brush } from "./brush.js";

export default async function areas(form) {
  const brush = new Brush(form.querySelector("[data-brush]"));
  form.addEventListener("submit", () => { form.elements.areas.value = JSON.stringify(brush.areas); });
  const isSeen = await brush.show(form.dataset.areasPicture);
  form.hidden = !isSeen;
  document.querySelector("[data-areas-plain]").hidden = isSeen;
}
