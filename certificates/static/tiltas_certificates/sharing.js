// Buttons that only a script can offer: print this page, copy the link. Without it they stay hidden; the link can be
// selected by hand, and the browser has a print command of its own.

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => print());
  button.hidden = false;
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = document.getElementById(button.dataset.says);
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = said.dataset.copied;
    } catch {
      said.textContent = said.dataset.selected; // no permission, or the page is not served over https
    }
  });
  button.hidden = false;
}
