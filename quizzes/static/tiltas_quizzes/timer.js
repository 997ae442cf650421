// Says how long there is still time, and hands in when there is none: the server would do it anyway, a little later. What was chosen
// in time and still waits has 20 seconds for its way, and the page stays until the server has answered: a browser's own error page
// would send nothing more.
// Counted from the seconds that the server gave, by a clock that nobody sets: the device's own may be wrong by a day.

import { Backoff } from "./backoff.js";
import { ask, handIn } from "./post.js";
import { flush } from "./queue.js";
import { say } from "./state.js";

const timer = document.querySelector("[data-timer]");
const ON_THE_WAY = 20_000; // milliseconds, as quizzes.rules has it
const SAID_AT = [10, 5, 1]; // minutes; a reader by ear is told no oftener

if (timer) {
  const end = performance.now() + Number(timer.dataset.seconds) * 1000;
  const left = timer.querySelector("[data-timer-left]");
  const said = timer.querySelector("[data-timer-said]");
  const { attempt, submit, result } = timer.dataset;
  const { answers } = document.querySelector("[data-answers]").dataset;
  let last = null;

  const words = (minutes) => (minutes > 1 ? timer.dataset.about.replace("#", minutes) : timer.dataset.last);

  function tell(words) {
    if (said.textContent === words) return;
    timer.querySelector("p").textContent = words;
    said.textContent = words;
  }

  async function finish() {
    // Nothing more is chosen now. (Fields that are disabled would lose what is chosen.)
    document.querySelector("[data-saving-form]")?.setAttribute("inert", "");
    tell(timer.dataset.over);
    await sendWhatWaits(performance.now() + ON_THE_WAY);
    leave();
  }

  async function sendWhatWaits(until) {
    const pause = (most) => new Promise((resolve) => setTimeout(resolve, Math.max(0, Math.min(most, until - performance.now()))));
    while (performance.now() < until) {
      const left = await Promise.race([flush(), pause(ON_THE_WAY)]);
      if (left && !left.some((record) => record.attempt === attempt)) return;
      tell(timer.dataset.waits);
      await pause(1000 + Math.random() * 1000);
    }
  }

  const backoff = new Backoff(leave);

  async function leave() {
    const why = (await handIn(submit)) ?? (await ask(answers)).why;
    if (!why || why === "login") return location.assign(result); // by way of the login
    if (why === "other") say(why);
    else tell(timer.dataset.waits);
    backoff.later();
  }

  function tick() {
    const seconds = (end - performance.now()) / 1000;
    if (seconds <= 0) return finish();
    const minutes = Math.ceil(seconds / 60);
    if (minutes !== last) {
      left.textContent = ` · ${words(minutes)}`;
      if (SAID_AT.includes(minutes) && last !== null) said.textContent = words(minutes);
      timer.classList.toggle("soon", minutes <= 5);
      last = minutes;
    }
    setTimeout(tick, Math.min(1000, seconds * 1000));
  }

  tick();
}
