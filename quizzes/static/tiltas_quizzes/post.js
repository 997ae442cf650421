// One request to the server, and what its answer means for an answer that waits.

const PATIENCE = 20_000; // milliseconds; after that the network is as good as gone

// What the server says when an answer will never count. Anything else may be a proxy's page, and is asked again.
const FINAL = ["stale", "late", "submitted", "invalid", "gone", "too_long"];

/** The token of whoever is logged in by now: it changes with each login. A site may keep it in the session; then the page's own. */
function token() {
  const cookie = document.cookie.split("; ").find((each) => each.startsWith("csrftoken="));
  return cookie?.split("=")[1] ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** POST this form to an address of ours. Rejects where the network does not answer. */
export function post(address, body, options = {}) {
  return fetch(address, {
    method: "POST",
    body,
    headers: { Accept: "application/json", "X-CSRFToken": token() },
    signal: options.keepalive ? undefined : AbortSignal.timeout?.(PATIENCE),
    ...options,
  });
}

/** GET what an address of ours says as JSON: {said}, or {why} it said nothing: "network", "server", "login", "gone". */
export async function ask(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout?.(PATIENCE) });
    if (response.ok) return { said: await response.json() };
    return { why: { 401: "login", 404: "gone" }[response.status] ?? "server" };
  } catch {
    return { why: "network" };
  }
}

function formOf(record) {
  const body = new URLSearchParams({ operation: record.operation, base: record.base, learner: record.learner });
  for (const value of record.values) body.append("answer", value);
  return body;
}

/**
 * Send an answer that waits. Gives {said} when it is in the database, {refused, said} when it will never count, and {why} when it
 * goes on waiting: "network", "server", "login", or "other" when somebody else is logged in by now.
 */
export async function send(record) {
  let response, said;
  try {
    response = await post(record.address, formOf(record));
    said = await response.json().catch(() => ({}));
  } catch {
    return { why: "network" };
  }
  if (response.ok && Number.isInteger(said.sequence)) return { said };
  if (FINAL.includes(said.reason)) return { refused: said.reason, said };
  if (response.status === 401) return { why: said.reason === "other" ? "other" : "login" };
  return { why: response.status === 403 ? "login" : "server" };
}

/**
 * Hand in. Gives null where the site leads on, to the result or to a login; else why it does not: "login", "other" when somebody else
 * is logged in by now, "server". Where it leads is not followed here: the page there may have something to say, and says it once.
 */
export async function handIn(address) {
  const response = await post(address, new URLSearchParams(), { redirect: "manual" }).catch(() => null);
  if (response?.type === "opaqueredirect") return null;
  return { 403: "login", 404: "other" }[response?.status] ?? "server";
}

/** Send it while the page is being left; what comes of it is seen at the next visit. */
export function sendInPassing(record) {
  post(record.address, formOf(record), { keepalive: true }).catch(() => {});
}
