// The sentences of the translator's editor, as wagtail-localize's script draws them: what each says, and where ours may stand.
const SENTENCE = 'li.complete, li.incomplete, li.errored';

export const sentences = (editor) => [...editor.querySelectorAll(SENTENCE)].filter((each) => sourceOf(each));
export const sentenceAround = (element) => element.closest?.(SENTENCE) ?? null;
export const sourceOf = (sentence) => sentence.querySelector(':scope > p');

export function wordsOf(sentence) {
  const typed = sentence.querySelector('textarea');
  return typed ? typed.value : sentence.querySelector(':scope > p + div > p')?.textContent ?? '';
}

// A place of our own at the end of a sentence, made once; its script never looks there.
export function placeIn(sentence, name, make) {
  const there = sentence.querySelector(`:scope > .${name}`);
  if (there) return there;
  const place = make();
  place.classList.add(name);
  sentence.append(place);
  return place;
}

export function element(name, text = '', attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
