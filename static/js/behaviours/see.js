/* Says, once the list is before somebody's eyes, that no mail has to tell of it any more. Nothing else changes. */

export default (form) => {
  const tell = () => {
    if (document.hidden) return;
    document.removeEventListener("visibilitychange", tell);
    fetch(form.dataset.seeUrl, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
  };
  document.addEventListener("visibilitychange", tell);
  tell();
};
