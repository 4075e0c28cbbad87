/* The server has these texts: the browser's copies go. data-forget holds the form_ids, separated by spaces. */

import { drop } from "./keep.js";

export default function forget(element) {
  for (const formId of (element.dataset.forget ?? "").split(/\s+/).filter(Boolean)) drop(formId);
}
