// Two translators at one sentence: each save tells the server what stood there before. What it refuses is said at the sentence,
// and what was typed stays.
import { element, placeIn, sentenceAround } from './segments.js';

const seen = new Map(); // address of a sentence → what this window last saw there
const pending = new Map(); // address → the save that is under way
let touched = null;

function tell(sentence, { message, current, stays }) {
  if (!sentence) return;
  const place = placeIn(sentence, 'tiltas-refused', () => element('div', '', { role: 'alert' }));
  place.replaceChildren(...(message ? [element('p', message)] : []));
  if (message && (current || stays)) place.append(element('blockquote', current || stays));
}

async function save(fetch, address, options, sentence) {
  const body = options.body ?? new FormData();
  body.set('seen', seen.get(address));
  const response = await fetch(address, { ...options, body });
  const answer = await response.clone().json().catch(() => ({}));
  if (response.ok) seen.set(address, answer.data);
  else if (typeof answer.current === 'string') seen.set(address, answer.current);
  tell(sentence, response.ok ? {} : answer);
  return response;
}

export function guardSaving(editor) {
  const { segments, initialStringTranslations } = JSON.parse(editor.dataset.props);
  const words = new Map(initialStringTranslations.map((each) => [each.segment_id, each.data]));
  for (const each of segments) if (each.type === 'string') seen.set(each.editUrl, words.get(each.id) ?? '');
  for (const kind of ['click', 'keydown']) {
    editor.addEventListener(kind, (event) => { touched = sentenceAround(event.target) ?? touched; }, true);
  }
  const { fetch } = window;
  window.fetch = (resource, options = {}) => {
    if (!seen.has(resource)) return fetch(resource, options);
    const sentence = touched;
    const before = pending.get(resource) ?? Promise.resolve();
    const now = before.catch(() => {}).then(() => save(fetch, resource, options, sentence));
    pending.set(resource, now);
    return now;
  };
}
