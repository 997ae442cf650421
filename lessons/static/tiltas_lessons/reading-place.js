// Says at which block of the lesson the reader is, so that "Continue" leads back there. Where, never when or for how long.
// Without this script "Continue" leads to the top of the lesson.

const EVERY = 5000; // milliseconds: at most one message in that time
const article = document.querySelector("[data-place]");
const parts = [...(article?.querySelectorAll(":scope > .part") ?? [])];
const seen = new Set();
let here = null;
let told = null;
let timer = null;

function tell() {
  clearTimeout(timer);
  timer = null;
  if (!here || here === told) return;
  const block = (told = here);
  const body = new URLSearchParams({ block: block.slice(2), csrfmiddlewaretoken: article.dataset.token });
  fetch(article.dataset.place, { method: "POST", body, keepalive: true }).catch(() => {
    if (told === block) told = null; // no connection: the next block tries again
  });
}

// A block counts while it is in the upper part of the window; its last line at the very top no longer does.
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) isIntersecting ? seen.add(target) : seen.delete(target);
    const place = parts.findIndex((part) => seen.has(part));
    if (place > 0) here = parts[place].id; // the top needs no remembering
    if (here && here !== told) timer ??= setTimeout(tell, EVERY);
  },
  { rootMargin: "-64px 0px -60% 0px" },
);

for (const part of parts) observer.observe(part);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") tell();
});
