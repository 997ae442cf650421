// The translator's editor is drawn by wagtail-localize's script. Here it gets what that script has no words or place for:
// texts and days that stand in it in English, "Submit for moderation" where somebody may not publish, the words of the house
// (terms.js), and care that nobody overwrites what another has just saved (saving.js).
import { guardSaving } from './saving.js';
import { loadTerms, showTerms } from './terms.js';

const editor = document.querySelector('.js-translation-editor');
const ours = document.getElementById('tiltas-translating');
const { lang } = document.documentElement;
const longDay = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { dateStyle: 'long' });

function sayInTheReadersLanguage() {
  for (const each of editor.querySelectorAll('footer .w-dropdown__toggle > .w-sr-only')) {
    if (each.textContent !== ours.dataset.moreActions) each.textContent = ours.dataset.moreActions;
  }
  for (const each of editor.querySelectorAll('h2, h3')) {
    const text = [...each.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && / to .+ translation$/.test(node.data));
    if (text) text.data = ours.dataset.heading;
  }
}

function sayDays() {
  // "Translated manually on 22 November 2026", whatever the language around it.
  const [before] = ours.dataset.translatedOn.split('{date}');
  for (const each of editor.querySelectorAll('li ul > li')) {
    const text = [...each.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.startsWith(before));
    const day = text && Date.parse(text.data.slice(before.length));
    if (day && text.data !== before + longDay.format(day)) text.data = before + longDay.format(day);
  }
}

function offerModeration() {
  const actions = editor.querySelector('footer nav.actions');
  if (!actions || actions.dataset.tiltas || actions.querySelector('[value=publish]')) return;
  actions.dataset.tiltas = "moderation";
  // What stands first is then "Stop translation", the last thing that a translator wants to press.
  actions.firstElementChild.classList.add('tiltas-not-for-translators');
  actions.append(ours.content.cloneNode(true));
}

function mend() {
  sayInTheReadersLanguage();
  sayDays();
  offerModeration();
  showTerms(editor, ours.dataset);
}

if (editor && ours) {
  guardSaving(editor);
  loadTerms(editor, ours.dataset);
  new MutationObserver(mend).observe(editor, { childList: true, subtree: true });
  mend();
}
