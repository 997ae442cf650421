// "Continue", "Back" and the other language: as soon as the answer is in the database and the server can be reached. Until then
// the page stays, and goes on by itself later: a browser's own error page would leave the learner with nothing. Where the site is
// well and takes this answer alone not, the learner goes on without: the answer is kept, and every page of a quiz tries it again.

import { Backoff } from "./backoff.js";
import { flush, happenings, isDurable } from "./queue.js";
import { say, showSentence } from "./state.js";

/**
 * Gives {go, stay, isGoing}. `go(onward)` calls `onward(isSaved)` when nothing hinders any more, `stay()` gives it up: there is
 * something to read.
 * `isWaiting()`: does this page's answer wait? `look()`: can the server be reached? As `watch` gives it.
 */
export function goingOn({ isWaiting, look }) {
  const backoff = new Backoff(attempt);
  let onward = null;
  let trying = false;
  let why = null;
  let pressed = false;

  happenings.addEventListener("waiting", ({ detail }) => {
    why = detail.why;
    if (!trying) explain();
  });
  happenings.addEventListener("acknowledged", () => attempt());

  const isAway = () => why === "network" || why === "server";

  function explain() {
    if (!onward || !why) return;
    say(isAway() ? "going_on" : why);
    if (pressed) showSentence();
    pressed = false;
  }

  async function attempt() {
    if (!onward || trying) return;
    trying = true;
    why = null;
    await flush();
    const isKept = why === "server" && (await isDurable());
    if (onward && (isKept || !isWaiting())) why = await look();
    trying = false;
    if (!onward) return;
    // With nothing to lose, a page that asks for a new login may be gone to.
    if ((isWaiting() && !isKept) || isAway()) {
      explain();
      backoff.later();
      return;
    }
    const leave = onward;
    stay();
    leave(!isWaiting());
  }

  function stay() {
    onward = null;
    backoff.done();
  }

  return {
    go(leave) {
      onward = leave;
      pressed = true;
      attempt();
    },
    stay,
    isGoing: () => onward !== null,
  };
}
