// The overview: which answers wait on this device, and handing in once the server has all of them.

import { Backoff } from "./backoff.js";
import { handIn } from "./post.js";
import { flush, happenings, tell, waiting } from "./queue.js";
import { say, sayNumber, write } from "./state.js";
import { watch } from "./watching.js";

const form = document.querySelector("[data-handing-in]");
const list = document.querySelector("[data-overview]");
const left = document.querySelector("[data-left]");
const { attempt, result } = form.dataset;
const sentence = document.querySelector("[data-sentence]");
const PATIENCE = 5_000; // milliseconds for an answer that the site, which is well, does not take
const backoff = new Backoff(tryToHandIn);
let wanted = false;
let trying = false;
let again = false;
let handedIn = false;
let why = null;
let stuckSince = null;
let stuck = []; // the questions named to the learner, whose answers can't be saved
let without = []; // those the learner hands in without

const isOurs = (record) => record.attempt === attempt;

/** Say of each question whether it is answered, and of how many it is not. */
async function showRows() {
  const waits = new Set((await waiting()).filter(isOurs).map((record) => record.number));
  const kinds = [...list.querySelectorAll("[data-number]")].map((row) => {
    const kind = waits.has(Number(row.dataset.number)) ? "waiting" : row.dataset.kind;
    const chip = row.querySelector(".chip");
    chip.className = `chip ${kind}`;
    chip.textContent = list.dataset[kind];
    return kind;
  });
  const open = kinds.filter((kind) => kind === "todo" || kind === "here").length;
  if (open === Number(left.dataset.left)) return;
  left.dataset.left = open;
  if (open) write(left, "left", open);
  else write(left, "none_left");
}

const look = watch(list.dataset.answers, ({ submitted, answers }) => {
  for (const { number, answer, complete } of answers) {
    const row = list.querySelector(`[data-number="${number}"]`);
    row.dataset.kind = complete ? "done" : answer.length ? "here" : "todo";
  }
  showRows();
  handedIn = submitted;
  if (submitted && !trying) say("handed_in");
});

async function tryToHandIn() {
  if (!wanted) return;
  again = trying;
  if (trying) return;
  trying = true;
  why = null;
  const waits = (await flush()).filter((record) => isOurs(record) && !without.includes(record.number));
  if (waits.length) await sayWaiting(waits);
  else if (wanted) await submit();
  trying = false;
  if (again) tryToHandIn();
  else if (wanted) backoff.later();
}

async function sayWaiting(waits) {
  if (why === "login" || why === "other") return say(`hand_in_${why}`);
  stuckSince = why === "server" && !(await look()) ? (stuckSince ?? performance.now()) : null;
  const isStuck = stuckSince !== null && performance.now() - stuckSince > PATIENCE;
  stuck = isStuck ? [...new Set(waits.map((record) => record.number))] : [];
  if (isStuck) sayNumber("stuck", stuck.join(", "));
  else sayNumber("answers_wait", waits.length);
}

// The learner was told which answers can't be saved, and hands in without them: they are sent on, and kept apart.
sentence.addEventListener("click", ({ target }) => {
  if (!target.matches("[data-without]")) return;
  without = stuck;
  tryToHandIn();
});

async function submit() {
  why = (await handIn(form.action)) ?? (await look()); // it may have led to the login
  if (why === "login" || why === "other") return say(`hand_in_${why}`);
  if (why) return say("hand_in_waits");
  wanted = false;
  if (handedIn) tell("submitted", { attempt });
  location.assign(result);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  wanted = true;
  without = [];
  tryToHandIn();
});

happenings.addEventListener("kept", showRows);
happenings.addEventListener("waiting", ({ detail }) => (why = detail.why));
happenings.addEventListener("submitted", ({ detail }) => detail.remote && detail.attempt === attempt && say("handed_in"));
happenings.addEventListener("acknowledged", () => {
  look();
  tryToHandIn();
});
happenings.addEventListener("refused", ({ detail: { record, reason } }) => {
  if (!isOurs(record)) return;
  look();
  if (reason === "late" || reason === "submitted") return;
  wanted = false; // the learner looks at it first
  backoff.done();
  sayNumber(reason === "stale" ? "stale_at" : "refused_at", record.number);
});

showRows();
flush();
