// Tries something again: after 1, 2, 4 … at most 30 seconds, never two browsers in step, and at once when the network is back or
// somebody looks at the page.

const LONGEST = 30;

export class Backoff {
  #work;
  #timer = null;
  #failures = 0;

  constructor(work) {
    this.#work = work;
    const now = () => this.#timer && !document.hidden && this.#now();
    window.addEventListener("online", now);
    window.addEventListener("focus", now);
    document.addEventListener("visibilitychange", now);
  }

  /** It did not work: try again later. */
  later() {
    clearTimeout(this.#timer);
    const seconds = Math.min(2 ** this.#failures++, LONGEST);
    this.#timer = setTimeout(() => this.#now(), seconds * 1000 * (0.75 + Math.random() / 4));
  }

  /** It worked, or is not wanted any more. */
  done() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#failures = 0;
  }

  #now() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#work();
  }
}
