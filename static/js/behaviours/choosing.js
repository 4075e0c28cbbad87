/* Where photos come from: the file field, a drop anywhere on the page, the clipboard. */

const NAMED = /\.(?:jpe?g|png|webp|avif|hei[cf])$/i;

/* Some browsers do not know what a HEIC file is. */
export const isPhoto = (file) => file.type.startsWith("image/") || NAMED.test(file.name);

function isMeant(clipboard) {
  return clipboard.files.length && !clipboard.getData("text/plain").trim();
}

/* `take` gets the files, and whether they were meant for the text. */
export function choosing(group, text, take) {
  const field = group.querySelector("[name=files]");
  let isForText = false;

  field.addEventListener("change", () => {
    take([...field.files], isForText);
    field.value = ""; // from here on they travel by themselves
    isForText = false;
  });
  field.addEventListener("cancel", () => { isForText = false; });
  for (const button of document.querySelectorAll("[data-photos-open]")) {
    button.addEventListener("click", () => {
      isForText = true;
      field.click();
    });
    button.hidden = false;
  }

  document.addEventListener("paste", (event) => {
    if (event.defaultPrevented || !isMeant(event.clipboardData)) return;
    event.preventDefault();
    take([...event.clipboardData.files], event.target === text);
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault(); // elsewhere a drop would open the file in place of the page
      group.toggleAttribute("data-dropping", kind === "dragover");
      if (kind === "drop") take([...event.dataTransfer.files], event.target === text);
    });
  }
}
