/** One press, and the declaration fills the screen in the voter's language, so that it can be turned to her. */

/** Let each language of each declaration on the page fill the screen. Which one was shown is kept nowhere. */
export function offerDeclarations(page: ParentNode): void {
  for (const section of page.querySelectorAll<HTMLElement>(".declaration")) {
    const close = section.dataset["close"] ?? "";
    for (const details of section.querySelectorAll<HTMLDetailsElement>("details.spoken")) {
      const summary = details.querySelector("summary");
      const words = details.querySelector("blockquote");
      summary?.addEventListener("click", (event) => {
        event.preventDefault();
        if (words !== null) fillScreen(words, close, summary);
      });
    }
    const danish = section.querySelector<HTMLButtonElement>("[data-shows]");
    const words = section.querySelector<HTMLElement>(":scope > blockquote");
    if (danish === null || words === null) continue;
    danish.hidden = false;
    danish.addEventListener("click", () => fillScreen(words, close, danish));
  }
}

function fillScreen(words: HTMLElement, close: string, from: HTMLElement): void {
  const dialog = document.createElement("dialog");
  dialog.className = "turned";
  dialog.lang = words.lang;
  dialog.dir = words.dir || "ltr";
  const text = document.createElement("p");
  text.textContent = words.textContent;
  text.id = "turned-text";
  dialog.setAttribute("aria-labelledby", text.id);
  const button = document.createElement("button");
  button.type = "button";
  button.lang = document.documentElement.lang;
  button.dir = "ltr";
  button.textContent = close;
  button.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    from.focus();
  });
  const rehearsal = document.querySelector(".rehearsal")?.cloneNode(true);
  dialog.append(...(rehearsal === undefined ? [] : [rehearsal]), text, button);
  document.body.append(dialog);
  dialog.showModal();
}
