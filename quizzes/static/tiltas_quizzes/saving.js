// Saves each answer by itself as soon as it is chosen, and says in one word what became of it.
// Without this script the same form saves with its button.

const form = document.querySelector("[data-saving-form]");
const state = document.querySelector("[data-state]");
let running = null; // one save at a time: the next one must name the sequence that this one got
let again = false;

function show(kind, text) {
  state.className = `state ${kind}`;
  state.textContent = text;
}

// Show the answer that counts: values of the field "answer", whatever kind of field it is.
function mark(answer) {
  for (const input of form.querySelectorAll("[name=answer]")) {
    if (input.type === "radio" || input.type === "checkbox") input.checked = answer.includes(input.value);
    else if (input.options) input.value = [...input.options].find((option) => answer.includes(option.value))?.value ?? "";
    else input.value = answer[0] ?? "";
  }
}

function isChanged(input) {
  if (input.options) return [...input.options].some((option) => option.selected !== option.defaultSelected && option.value);
  return input.type === "text" ? input.value !== input.defaultValue : input.checked !== input.defaultChecked;
}

function newOperation() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Missing where the page is not served over https.
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}

async function send() {
  const body = new URLSearchParams(new FormData(form));
  body.set("operation", newOperation());
  const response = await fetch(form.dataset.save, { method: "POST", body, headers: { Accept: "application/json" } });
  const said = await response.json();
  if (said.sequence !== undefined) form.elements.base.value = said.sequence;
  const remark = form.querySelector("[data-remark]");
  if (remark) remark.textContent = said.remark ?? "";
  if (response.ok) return show("saved", `${state.dataset.saved} ${said.saved_at}`);
  if (said.reason === "stale") {
    mark(said.answer);
    return show("waiting", state.dataset.stale);
  }
  show("notsaved", state.dataset[said.reason] ?? state.dataset.unsaved);
}

async function save() {
  if (running) {
    again = true;
    return;
  }
  show("waiting", state.dataset.saving);
  running = send().catch(() => show("notsaved", state.dataset.unsaved));
  await running;
  running = null;
  if (again) {
    again = false;
    save();
  }
}

form?.addEventListener("change", save);

// What is typed is saved after a breath, and at the latest when the field is left ("change").
let breath;
form?.addEventListener("input", (event) => {
  if (event.target.type !== "text") return;
  show("waiting", state.dataset.saving);
  clearTimeout(breath);
  breath = setTimeout(save, 800);
});

// Somebody may have chosen while this script was still on its way.
if ([...(form?.querySelectorAll("[name=answer]") ?? [])].some(isChanged)) save();

// "Continue" waits for the save that is under way: otherwise the form would send the sequence from before it.
form?.addEventListener("submit", async (event) => {
  clearTimeout(breath); // the form itself sends what was typed
  if (!running) return;
  event.preventDefault();
  await running;
  form.requestSubmit(event.submitter);
});
