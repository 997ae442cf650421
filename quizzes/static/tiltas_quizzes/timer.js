// Says how long there is still time, and hands in when there is none: the server would do it anyway, a little later.
// Counted from the seconds that the server gave, by a clock that nobody sets: the device's own may be wrong by a day.

import { flush } from "./queue.js";

const timer = document.querySelector("[data-timer]");
const SAID_AT = [10, 5, 1]; // minutes; a reader by ear is told no oftener

if (timer) {
  const end = performance.now() + Number(timer.dataset.seconds) * 1000;
  const left = timer.querySelector("[data-timer-left]");
  const said = timer.querySelector("[data-timer-said]");
  let last = null;

  const words = (minutes) => (minutes > 1 ? timer.dataset.left.replace("#", minutes) : timer.dataset.last);

  async function handIn() {
    left.textContent = "";
    timer.querySelector("p").textContent = timer.dataset.over;
    said.textContent = timer.dataset.over;
    // What still waits gets a moment to arrive: the server counts what was on its way.
    await Promise.race([flush(), new Promise((resolve) => setTimeout(resolve, 8000))]).catch(() => {});
    timer.querySelector("[data-timer-form]").submit();
  }

  function tick() {
    const seconds = (end - performance.now()) / 1000;
    if (seconds <= 0) return handIn();
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
