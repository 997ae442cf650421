// The form of one question: each answer is kept and sent by itself as soon as it is given, and one word says what became of it.
// Without this script the same form saves with its button.

import { fill, isSame, isTouched, valuesOf } from "./answers.js";
import { goingOn } from "./going_on.js";
import { collect, flush, happenings, isDurable, keep, newOperation, waiting } from "./queue.js";
import { say, show } from "./state.js";
import { watch } from "./watching.js";

const BREATH = 800; // milliseconds after the last letter

const form = document.querySelector("[data-saving-form]");
const { attempt, save: address } = form.dataset;
const number = Number(form.dataset.number);
const { base, operation } = form.elements;
let shown = null; // the operation of the answer on the screen while it waits
let changed = isTouched(form); // by hand, and not kept yet
let breath = null;

const isOurs = (record) => record.attempt === attempt && record.number === number;
const isFree = () => !shown && !changed; // may another answer be shown in its place?

/** Show the answer that counts. */
function settle(said) {
  base.value = said.sequence;
  shown = null;
  if (changed) return;
  show(said.answer.length ? "saved" : "todo", said.answer.length ? said.saved_at : "");
  const remark = form.querySelector("[data-remark]");
  if (remark) remark.textContent = said.remark ?? "";
}

/** Another answer counts. What was changed meanwhile did not see it: that goes out with the base that it had. */
function settleOther(said, sentence) {
  shown = null;
  if (changed) return;
  fill(form, said.answer);
  settle(said);
  say(sentence);
  stay();
}

/** What came too late is what counts already: it is saved, and there is only the end of the attempt to tell. */
function settleSame(said, reason) {
  settle(said);
  if (reason === "stale") return;
  say("submitted");
  stay();
}

function showWaiting(record) {
  shown = record.operation;
  if (changed) return;
  fill(form, record.values);
  show("waiting");
}

// What waits from an earlier visit goes before what is given now.
const ready = waiting().then((records) => {
  const record = records.filter(isOurs).at(-1);
  if (record) showWaiting(record);
});

/** Keep what stands in the form, if that is new. */
async function keepAnswer(more = {}) {
  if (!more.sent) await ready;
  if (!changed) return;
  clearTimeout(breath);
  changed = false;
  const after = shown;
  shown = newOperation();
  await keep({ attempt, number, operation: shown, base: Number(base.value), after, values: valuesOf(form), address, ...more });
}

collect(keepAnswer);

form.addEventListener("input", ({ target }) => {
  changed = true;
  show("waiting");
  say("");
  clearTimeout(breath);
  if (target.type === "text") breath = setTimeout(keepAnswer, BREATH);
});
form.addEventListener("change", () => keepAnswer());
// There is time left to begin storing it, which "pagehide" may not have. Whether it ends is not sure: then it goes out in passing.
window.addEventListener("beforeunload", () => keepAnswer({ sent: true }));
flush(); // what waits, and what was given before this script was there

happenings.addEventListener("kept", ({ detail: { record, remote } }) => {
  if (remote && isOurs(record) && !changed) showWaiting(record);
});

happenings.addEventListener("acknowledged", ({ detail: { record, said, elsewhere } }) => {
  if (!isOurs(record)) return;
  if (elsewhere ? record.operation === shown : isFree() && said.sequence > base.value) settleOther(said, "elsewhere");
  else if (record.operation === shown) {
    settle(said);
    if (!changed) say("");
  }
});

happenings.addEventListener("refused", ({ detail: { record, reason, said } }) => {
  if (!isOurs(record) || record.operation !== shown) return;
  if (said.answer && isSame(record.values, said.answer)) return settleSame(said, reason);
  if (said.answer) settleOther(said, reason === "stale" ? "elsewhere" : reason);
  else {
    shown = null;
    stay();
    say(reason);
  }
  if (reason !== "stale" && !changed) show("notsaved");
});

happenings.addEventListener("waiting", async ({ detail: { why } }) => {
  const durable = await isDurable();
  if (!shown || changed) return;
  show(durable ? "waiting" : "notsaved");
  if (!durable && ["network", "server"].includes(why)) say("not_kept");
  else if (!isGoing()) say(why);
});

happenings.addEventListener("submitted", ({ detail }) => detail.attempt === attempt && sayHandedIn());

function sayHandedIn() {
  say("handed_in");
  stay();
}

const look = watch(form.dataset.answers, ({ submitted, answers }) => {
  const newest = answers.find((each) => each.number === number);
  if (newest && isFree() && newest.sequence > base.value) settleOther(newest, "elsewhere");
  if (submitted) sayHandedIn();
});
const { go, stay, isGoing } = goingOn({ isWaiting: () => shown !== null || changed, look });

let leaving = false;
form.addEventListener("submit", (event) => {
  if (leaving) return;
  event.preventDefault();
  go((isSaved) => {
    // The plain form would meet the same error, on a page of its own.
    if (!isSaved) return location.assign(event.submitter.dataset.onward);
    leaving = true;
    operation.value = newOperation();
    form.requestSubmit(event.submitter);
  });
});
window.addEventListener("pageshow", () => (leaving = false));

for (const link of document.querySelectorAll("a[hreflang]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(() => location.assign(link.href));
  });
}
