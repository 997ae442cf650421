// What stands in the forms of a page and was not sent goes along into the other language: kept in this tab alone, and forgotten by
// the next page that is opened. Passwords and files are never kept. A question of a quiz keeps its answers itself.

const KEPT = "tiltas-typed";
const NEVER = ["password", "file", "hidden", "submit", "button"];
const MOST_MINUTES = 5; // the other page did not open: then nothing comes up out of the blue

const forms = () => [...document.querySelectorAll("main form:not([data-saving-form])")];
const fields = (form) => [...form.elements].filter((field) => field.name && !NEVER.includes(field.type));
const isTicked = (field) => field.type === "checkbox" || field.type === "radio";

function valueOf(field) {
  if (isTicked(field)) return field.checked;
  if (field.type === "select-multiple") return [...field.selectedOptions].map((option) => option.value);
  return field.value;
}

function fill(field, value) {
  if (isTicked(field)) field.checked = value;
  else if (field.type === "select-multiple") for (const option of field.options) option.selected = value.includes(option.value);
  else field.value = value;
}

/** Keep it for the page at this path, which opens next. */
export function carry(path) {
  const kept = forms().map((form) => fields(form).map((field) => [field.name, valueOf(field)]));
  if (!kept.some((each) => each.length)) return;
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ at: Date.now(), path, kept }));
  } catch {
    // A browser that keeps nothing: the form comes up as the server drew it.
  }
}

/** Put back what the page before kept, if it was for this one and the same forms stand here. */
export function put() {
  let said;
  try {
    said = JSON.parse(sessionStorage.getItem(KEPT));
    sessionStorage.removeItem(KEPT);
  } catch {
    return;
  }
  if (!said || said.path !== location.pathname || Date.now() - said.at > MOST_MINUTES * 60_000) return;
  forms().forEach((form, place) => {
    const own = fields(form);
    const kept = said.kept[place] ?? [];
    if (own.map((field) => field.name).join() !== kept.map(([name]) => name).join()) return;
    own.forEach((field, index) => fill(field, kept[index][1]));
  });
}
