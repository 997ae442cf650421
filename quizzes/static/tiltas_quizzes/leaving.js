// Logging out while answers wait on this device: send them, throw them away, or leave them for the next login of the same learner.

import { discard, flush, happenings, waiting } from "./queue.js";
import { say, sayNumber } from "./state.js";

const form = document.querySelector("[data-leaving-form]");
const choices = document.querySelector("[data-leaving-choices]");
const plain = document.querySelector("[data-leaving-plain]");
let tried = false;

/** Offer the choices while something waits, else the one button. */
async function show() {
  const number = (await waiting()).length;
  choices.hidden = number === 0;
  plain.hidden = number > 0;
  if (number) sayNumber(tried ? "still_wait" : "answers_wait", number);
  else say(tried ? "all_sent" : "");
}

const does = {
  async send() {
    tried = true;
    await flush();
    show();
  },
  async discard() {
    await discard();
    form.requestSubmit();
  },
  keep: () => form.requestSubmit(),
};

for (const button of choices.querySelectorAll("button")) {
  button.addEventListener("click", () => does[button.dataset.does]());
}
happenings.addEventListener("acknowledged", show);
happenings.addEventListener("refused", show);

await show();
if (choices.hidden && "atOnce" in choices.dataset) form.requestSubmit();
