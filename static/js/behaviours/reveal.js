/* Moves a line that scrolls sideways to what matters in it, named by data-reveal: where one is, or what is most. */

export default function reveal(line) {
  const it = line.querySelector(line.dataset.reveal);
  if (!it) return;
  const its = it.getBoundingClientRect();
  const seen = line.getBoundingClientRect();
  if (its.left >= seen.left && its.right <= seen.right) return;
  line.scrollLeft += its.left + its.width / 2 - (seen.left + seen.width / 2);
}
