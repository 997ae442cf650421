// Logging in leads back to the block that one was reading. A fragment never reaches the server, so it goes into `next`:
// from a link to the login (data-return) on the way out, and from the login's own address into its form.

const blocks = [...document.querySelectorAll("main article [id]")];
let furthest = -1; // the block that was read last: to reach the login in the header one scrolls up again

const observer = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) if (entry.isIntersecting) furthest = Math.max(furthest, blocks.indexOf(entry.target));
  },
  { rootMargin: "0px 0px -90% 0px" }, // the upper tenth of the window
);
blocks.forEach((block) => observer.observe(block));

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-return]");
  if (!link) return;
  const address = new URL(link.href);
  const next = (address.searchParams.get("next") || location.pathname + location.search).split("#")[0];
  const fragment = furthest > 0 ? `#${blocks[furthest].id}` : location.hash; // at the first block the page begins
  address.searchParams.set("next", next + fragment);
  link.href = address;
});

const onward = document.querySelector("main form input[type=hidden][name=next]");
if (onward && onward.value && location.hash && !onward.value.includes("#")) onward.value += location.hash;
