// The overview: which answers wait on this device, and handing in once the server has all of them.

import { Backoff } from "./backoff.js";
import { post } from "./post.js";
import { flush, happenings, tell, waiting } from "./queue.js";
import { say, sayNumber, write } from "./state.js";
import { watch } from "./watching.js";

const form = document.querySelector("[data-handing-in]");
const list = document.querySelector("[data-overview]");
const left = document.querySelector("[data-left]");
const { attempt, result } = form.dataset;
const backoff = new Backoff(handIn);
let wanted = false;
let trying = false;
let handedIn = false;
let why = null;

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

async function handIn() {
  if (!wanted || trying) return;
  trying = true;
  const waits = (await flush()).filter(isOurs).length;
  if (waits) sayWaiting(waits);
  else if (wanted) await submit();
  trying = false;
  if (wanted) backoff.later();
}

function sayWaiting(waits) {
  if (why === "login" || why === "other") say(`hand_in_${why}`);
  else sayNumber("answers_wait", waits);
}

async function submit() {
  // Where it leads is not followed here: the page there may have something to say, and says it once.
  const response = await post(form.action, new URLSearchParams(), { redirect: "manual" }).catch(() => null);
  if (response?.type === "opaqueredirect") why = await look(); // it may have led to the login as well
  else if (response?.status === 403) why = "login";
  else why = response?.status === 404 ? "other" : "server";
  if (why === "login" || why === "other") return say(`hand_in_${why}`);
  if (why) return say("hand_in_waits");
  wanted = false;
  if (handedIn) tell("submitted", { attempt });
  location.assign(result);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  wanted = true;
  handIn();
});

happenings.addEventListener("kept", showRows);
happenings.addEventListener("waiting", ({ detail }) => (why = detail.why));
happenings.addEventListener("submitted", ({ detail }) => detail.remote && detail.attempt === attempt && say("handed_in"));
happenings.addEventListener("acknowledged", () => {
  look();
  handIn();
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
