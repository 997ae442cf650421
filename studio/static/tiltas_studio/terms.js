// The words of the house beside each sentence of the translator's editor: how its terms are said, and which are not said so yet.
import { element, placeIn, sentences, sourceOf, wordsOf } from './segments.js';

let terms = {};
let number = 0;

const isSaid = (term, words) => new RegExp(term.pattern, 'i').test(words.replaceAll(/<[^>]*>/g, ''));

function hints(found, texts) {
  const place = element('div', '', { id: `tiltas-terms-${number += 1}` });
  const list = element('ul');
  for (const term of found) {
    const line = element('li');
    line.append(element('span', term.words, { lang: 'lt' }), ' → ', element('b', term.english, { lang: 'en' }));
    list.append(line);
  }
  place.append(element('p', texts.terms), list, element('p', '', { role: 'status', class: 'tiltas-missing' }));
  return place;
}

function warn(place, found, words, texts) {
  const missing = words.trim() ? found.filter((term) => term.required && !isSaid(term, words)) : [];
  const said = missing.map((term) => term.english).join(', ');
  const status = place.querySelector('.tiltas-missing');
  if (status.dataset.said === said) return;
  status.dataset.said = said;
  status.replaceChildren(...(said ? [`${texts.termsMissing} `, element('span', said, { lang: 'en' })] : []));
}

// A field that says whose translation it is, and which terms it should hold.
function name(field, source, place, texts) {
  if (!field || field.hasAttribute('aria-label')) return;
  field.setAttribute('aria-label', `${texts.translationOf} ${source.textContent}`);
  if (place) field.setAttribute('aria-describedby', place.id);
}

export function showTerms(editor, texts) {
  for (const sentence of sentences(editor)) {
    const source = sourceOf(sentence);
    const found = terms[source.textContent];
    const place = found && placeIn(sentence, 'tiltas-terms', () => hints(found, texts));
    if (place) warn(place, found, wordsOf(sentence), texts);
    name(sentence.querySelector('textarea'), source, place, texts);
  }
}

export async function loadTerms(editor, texts) {
  const answer = await fetch(texts.termsUrl);
  if (!answer.ok) return;
  terms = await answer.json();
  showTerms(editor, texts);
  editor.addEventListener('input', () => showTerms(editor, texts));
}
