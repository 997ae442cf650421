// Changing the language and logging in lead back to the block that one was reading. A fragment never reaches the server: the link of
// the language carries it along, and a link to the login (data-return) puts it into `next`. What was typed goes along too.

const RESTED = 700; // milliseconds without scrolling: here one reads. To reach the header one scrolls past without stopping
const LINE = 48; // from the top of the window: the block that lies across it is read
const MOVED = 40; // less than that is the browser's own scrolling to the fragment

let typed = null; // the module, once there is something to carry: a page that is only read does without
const load = () => import("./typed.js").then((module) => (typed = module));

const blocks = [...document.querySelectorAll("main article [id], main .module[id]")];
let furthest = -1; // where nobody rested yet: the last block that was scrolled to
let rested = blocks.findIndex((block) => `#${block.id}` === location.hash);
let arrived = rested < 0 ? null : undefined; // how far down the fragment led; undefined: not there yet
let timer = null;

const here = () => blocks.findLastIndex((block) => block.getBoundingClientRect().top <= LINE);

function rest() {
  if (arrived === undefined) arrived = window.scrollY;
  if (arrived !== null && Math.abs(window.scrollY - arrived) < MOVED) return;
  arrived = null;
  const place = here();
  if (place >= 0) rested = place; // above the first block one looks at the header
}

document.addEventListener(
  "scroll",
  () => {
    furthest = Math.max(furthest, here());
    clearTimeout(timer);
    timer = setTimeout(rest, RESTED);
  },
  { passive: true },
);

/** The fragment that leads back here: at the first block the page begins. */
function fragment() {
  const place = rested >= 0 ? rested : furthest;
  return place > 0 ? `#${blocks[place].id}` : location.hash;
}

document.addEventListener("click", (event) => {
  const language = event.target.closest(".lang a[href], main a[hreflang]");
  if (language) {
    language.hash = fragment();
    typed?.carry(language.pathname);
  }
  const login = event.target.closest("a[data-return]");
  if (!login) return;
  const address = new URL(login.href);
  const next = (address.searchParams.get("next") || location.pathname + location.search).split("#")[0];
  address.searchParams.set("next", next + fragment());
  login.href = address;
});

const onward = document.querySelector("main form input[type=hidden][name=next]");
if (onward && onward.value && location.hash && !onward.value.includes("#")) onward.value += location.hash;
document.addEventListener("input", load, { once: true });
try {
  if (sessionStorage.getItem("tiltas-typed")) load().then(({ put }) => put());
} catch {
  // A browser that keeps nothing has nothing to put back.
}
