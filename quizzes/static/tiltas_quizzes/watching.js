// Looks every now and then, while somebody looks at the page, at what counts by now: other devices answer too.

import { ask } from "./post.js";

const EVERY = 15_000;
const FIRST = 1_500; // what the page before sent as it was left may have come after this one was drawn

/**
 * Call `news(said)` with what the address says. Gives a function that looks at once, and then gives why the server said nothing:
 * "network", "server", "login", "gone", or null when it did.
 */
export function watch(address, news) {
  let timer = setTimeout(look, FIRST);
  let looking = null;
  let next = null;

  function look() {
    // What happened since the look that is under way may be missing from it.
    if (looking) return (next ??= looking.then(() => ((next = null), look())));
    looking = lookNow().finally(() => (looking = null));
    return looking;
  }

  async function lookNow() {
    clearTimeout(timer);
    const { said, why } = await ask(address);
    if (said) news(said);
    if (!said?.submitted && !document.hidden) timer = setTimeout(look, EVERY);
    return why ?? null;
  }

  window.addEventListener("focus", look);
  window.addEventListener("pageshow", (event) => event.persisted && look());
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : look()));
  return look;
}
