// The learner's answers on their way to the server: kept first, then sent one after the other, oldest first, until each is in the
// database or finally refused. What the server answers with is told to every page of this browser that shows the attempt.

import { isSame } from "./answers.js";
import { Backoff } from "./backoff.js";
import { send, sendInPassing } from "./post.js";
import { all, change, isDurable } from "./store.js";

export { isDurable };
export const learner = document.querySelector("[data-learner]")?.dataset.learner;

// Events, each with its details, and `remote` when another tab tells it:
//   kept          {record}                  an answer was put into the store
//   acknowledged  {record, said, elsewhere} it is in the database; elsewhere: but another answer counts by now
//   refused       {record, reason, said}    it will never count
//   waiting       {why}                     this page's last try left something waiting
//   submitted     {attempt}                 the attempt was handed in
export const happenings = new EventTarget();

// The same answers may be on their way in other tabs: the server knows each operation, so nothing is doubled by that.
const channel = "BroadcastChannel" in window ? new BroadcastChannel("tiltas-quizzes") : null;
const collectors = [];
const sequences = new Map(); // operation → the sequence that it got
const known = new Map(); // operation → record: what the last try knew of, for the moment of leaving
const backoff = new Backoff(() => flush());
let running = null;
let again = false;

function happen(name, detail) {
  happenings.dispatchEvent(new CustomEvent(name, { detail }));
}

/** Tell it here and in the other tabs. */
export function tell(name, detail) {
  happen(name, detail);
  channel?.postMessage({ learner, name, detail });
}

channel?.addEventListener("message", ({ data }) => {
  if (!learner || data.learner !== learner) return;
  const { name, detail } = data;
  if (name === "acknowledged") settled(detail);
  if (name === "refused") known.delete(detail.record.operation);
  happen(name, { ...detail, remote: true });
});

function settled({ record, said, elsewhere }) {
  known.delete(record.operation);
  if (!elsewhere) sequences.set(record.operation, said.sequence);
}

export function newOperation() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Missing where the page is not served over https.
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}

/** Something that `flush` asks first: a form that may hold what is typed and not kept yet. */
export const collect = (collector) => collectors.push(collector);

/** The learner's answers that wait on this device, in the order in which they were given. */
export const waiting = () => (learner ? all(learner) : Promise.resolve([]));

/**
 * Put an answer {attempt, number, operation, base, after, values, address} into the store, and send it. One that it follows and
 * that was never sent gives way to it. Gives the record once it is stored.
 */
export async function keep(answer) {
  known.set(answer.operation, { ...answer, learner });
  mark(true);
  const kept = await change(learner, (records) => {
    const record = { sent: false, ...answer, learner };
    const earlier = records.find((each) => each.operation === answer.after);
    if (earlier && !earlier.sent) {
      Object.assign(record, { base: earlier.base, after: earlier.after });
      return { put: [record], remove: [earlier.id], result: record };
    }
    if (!earlier && sequences.has(answer.after)) Object.assign(record, { base: sequences.get(answer.after), after: null });
    return { put: [record], result: record };
  });
  if (kept.after !== answer.after) known.delete(answer.after);
  known.set(kept.operation, kept);
  tell("kept", { record: kept });
  flush();
  return kept;
}

/**
 * Send what waits, now. Gives the records that still wait afterwards: [] when the server has everything. Safe to call at any
 * time, also while it runs.
 */
export function flush() {
  if (!learner) return Promise.resolve([]);
  again = true;
  running ??= run();
  return running;
}

async function run() {
  let why, left;
  try {
    do {
      again = false;
      for (const collector of collectors) await collector();
      why = await sendAll();
      left = await waiting();
    } while (again);
  } finally {
    running = null;
  }
  mark(left.length > 0);
  if (left.length) backoff.later();
  else backoff.done();
  if (why) happen("waiting", { why });
  return left;
}

/**
 * Send what waits. Gives why some of it still does, or null. Where the site answers and takes one answer not, that holds up its own
 * question alone: the others are sent all the same.
 */
async function sendAll() {
  const stuck = new Set();
  for (;;) {
    const record = await change(learner, (records) => {
      const next = records.find((each) => !stuck.has(questionOf(each)));
      return { put: next && !next.sent ? [{ ...next, sent: true }] : [], result: next };
    });
    if (!record) return stuck.size ? "server" : null;
    known.set(record.operation, { ...record, sent: true });
    const { said, refused, why } = await send(record);
    if (why === "server") stuck.add(questionOf(record));
    else if (why) return why;
    else if (refused) await refuse(record, refused, said);
    else await acknowledge(record, said);
  }
}

const questionOf = ({ attempt, number }) => `${attempt} ${number}`;
const forget = (records, record) => records.filter((each) => each.operation === record.operation).map((each) => each.id);

async function acknowledge(record, said) {
  // The reply to a second sending brings the answer that counts: it may be one that another device gave in between.
  const elsewhere = record.sent && !isSame(record.values, said.answer);
  settled({ record, said, elsewhere });
  await change(learner, (records) => ({
    remove: forget(records, record),
    put: elsewhere
      ? []
      : records
          .filter((each) => each.after === record.operation)
          .map((each) => ({ ...each, base: said.sequence, after: null })),
  }));
  tell("acknowledged", { record, said, elsewhere });
}

async function refuse(record, reason, said) {
  known.delete(record.operation);
  await change(learner, (records) => ({ remove: forget(records, record) }));
  tell("refused", { record, reason, said });
}

/** Throw away everything of this learner that waits on this device. */
export async function discard() {
  await change(learner, (records) => ({ remove: records.map((each) => each.id) }));
  known.clear();
  mark(false);
}

/** A word to the server, so that logging out from any page can ask what shall become of them; no more than that this learner has some. */
function mark(some) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `tiltas_answers_wait_${learner}=1; path=/; samesite=lax; max-age=${some ? 365 * 86_400 : 0}${secure}`;
}

// The page is being left: what was on its way may have been cut off.
window.addEventListener("pagehide", () => {
  for (const collector of collectors) collector({ sent: true });
  for (const record of known.values()) if (record.sent && !record.after) sendInPassing(record);
});
document.addEventListener("visibilitychange", () => document.hidden && flush());
