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

function mark(answer) {
  for (const input of form.querySelectorAll("[name=answer]")) input.checked = answer.includes(input.value);
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

// Somebody may have chosen while this script was still on its way.
const chosenEarly = [...(form?.querySelectorAll("[name=answer]") ?? [])].some((input) => input.checked !== input.defaultChecked);
if (chosenEarly) save();

// "Continue" waits for the save that is under way: otherwise the form would send the sequence from before it.
form?.addEventListener("submit", async (event) => {
  if (!running) return;
  event.preventDefault();
  await running;
  form.requestSubmit(event.submitter);
});
