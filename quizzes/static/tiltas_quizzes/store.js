// The answers that wait on this device, in the browser's own database (IndexedDB), by learner.
//
// A record: {id, learner, attempt, number, operation, base, after, values, address, sent}. `id` rises, so that records come back
// in the order in which they were given. `base` is the sequence that the form had last seen; `after` instead names the
// operation of an answer that itself waited here when this one was given. `sent`: it may have arrived, whatever came back.
//
// Where there is no such database, or no room in it, the records live as long as the page does.

const NAME = "tiltas-quizzes";
const ANSWERS = "answers";

let database = open();
let memory = [];
let newestId = 0;
let broken = null; // a database that takes nothing more, but may still forget

function open() {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), 3000); // some browsers never answer
    try {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => {
        const answers = asked.result.createObjectStore(ANSWERS, { keyPath: "id", autoIncrement: true });
        answers.createIndex("learner", "learner");
      };
      asked.onsuccess = () => {
        asked.result.onversionchange = () => asked.result.close();
        resolve(asked.result);
      };
      asked.onerror = asked.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

/**
 * Change what waits of one learner. `work(records)` gets the records, oldest first, and returns {put, remove, result}: records to
 * add or replace, ids to forget, and what the promise shall give. Nobody else, no other tab either, changes them in between.
 */
export async function change(learner, work) {
  const known = await database;
  if (known) {
    try {
      return await changeIn(known, learner, work);
    } catch {
      memory = await read(known, learner).catch(() => []);
      newestId = Math.max(0, ...memory.map((record) => record.id));
      broken = known;
      database = Promise.resolve(null);
    }
  }
  return changeMemory(learner, work);
}

/** The records of one learner, oldest first. */
export const all = (learner) => change(learner, (records) => ({ result: records }));

/** Do the records outlive the page? */
export const isDurable = async () => Boolean(await database);

function changeIn(known, learner, work) {
  return new Promise((resolve, reject) => {
    const transaction = known.transaction(ANSWERS, "readwrite", { durability: "strict" });
    const answers = transaction.objectStore(ANSWERS);
    const asked = answers.index("learner").getAll(learner);
    let result;
    asked.onsuccess = () => {
      const changes = work(asked.result);
      result = changes.result;
      for (const id of changes.remove ?? []) answers.delete(id);
      for (const record of changes.put ?? []) answers.put(record);
    };
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

function read(known, learner) {
  return new Promise((resolve, reject) => {
    const asked = known.transaction(ANSWERS).objectStore(ANSWERS).index("learner").getAll(learner);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function changeMemory(learner, work) {
  const { put = [], remove = [], result } = work(memory.filter((record) => record.learner === learner));
  memory = memory.filter((record) => !remove.includes(record.id));
  for (const record of put) {
    record.id ??= ++newestId;
    const place = memory.findIndex((each) => each.id === record.id);
    if (place < 0) memory.push(record);
    else memory[place] = record;
  }
  forget(remove);
  return result;
}

/** What was settled while nothing more could be written must not come back; if it does, the server knows its operation. */
function forget(ids) {
  try {
    const answers = broken?.transaction(ANSWERS, "readwrite").objectStore(ANSWERS);
    for (const id of ids) answers?.delete(id);
  } catch {
    broken = null;
  }
}
