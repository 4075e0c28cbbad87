/* Moves the focus to what has to be read first, where the browser did not do so by itself. */

export default function focus(element) {
  element.focus();
}
