// The one word about the answer on the screen, and beside it, where there is something to do, one sentence.

const word = document.querySelector("[data-state]");
const sentence = document.querySelector("[data-sentence]");

/** "saved" with its time, "waiting", "notsaved", or "todo" where nothing is chosen. A screen reader hears it when it changes. */
export function show(kind, time = "") {
  const text = `${word.dataset[kind]} ${time}`.trim();
  word.className = `state ${kind}`;
  if (word.textContent !== text) word.textContent = text;
}

/** Show the sentence of this name, one of the page's <template data-say>; "" for none. */
export const say = (name) => write(sentence, name);

/** Somebody pressed something, and the sentence says why nothing happened: it must be in sight. */
export const showSentence = () => sentence.scrollIntoView({ block: "nearest" });

/** As `say`, for a sentence with a number in it: one template for each form of the plural, written with a number of that form. */
export const sayNumber = (name, number) => write(sentence, name, number);

/** The same in another place. */
export function write(place, name, number = null) {
  const shown = name ? templateOf(name, number).content.cloneNode(true) : document.createDocumentFragment();
  if (number !== null) shown.firstChild.textContent = shown.firstChild.textContent.replace(/\d+/, number);
  // What stands there already is not said again.
  if (shown.textContent !== place.textContent) place.replaceChildren(shown);
}

function templateOf(name, number) {
  const form = number === null ? "" : `-${new Intl.PluralRules(document.documentElement.lang).select(number)}`;
  const named = (each) => document.querySelector(`template[data-say="${each}"]`);
  return named(name + form) ?? named(`${name}-other`);
}
