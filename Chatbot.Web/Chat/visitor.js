// What this browser keeps: what it calls itself, and which conversation it is in. Pages that may not keep anything (a
// frame on a site whose cookies are blocked) have it until they are closed.

/** How long after its last word a conversation is gone on with, in milliseconds. */
const resumable = 24 * 60 * 60 * 1000;

/** @type {Map<string, string>} */
const memory = new Map();

/** @param {string} key */
function read(key) {
  try {
    return localStorage.getItem(key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

/**
 * @param {string} key
 * @param {string | null} value
 */
function write(key, value) {
  if (value === null) memory.delete(key);
  else memory.set(key, value);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Kept in memory.
  }
}

/** Random signs that this browser made up; with them its conversations are its own. */
export function visitorId() {
  let id = read("chatbot.visitor");
  if (!id) {
    id = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    write("chatbot.visitor", id);
  }
  return id;
}

/** The conversation that this browser is in with a knowledge base. */
export class Sitting {
  #key;

  /** @param {string} knowledgeBase */
  constructor(knowledgeBase) {
    this.#key = `chatbot.conversation.${knowledgeBase}`;
  }

  /** Its id, null when there is none or it is long over. */
  get conversationId() {
    const [id, at] = (read(this.#key) ?? "").split(" ");
    return id && Date.now() - Number(at) < resumable ? id : null;
  }

  set conversationId(id) {
    write(this.#key, id === null ? null : `${id} ${Date.now()}`);
  }

  /** What was said in it; null when it is not there any more. */
  async load() {
    const response = await this.#send("GET");
    if (response?.status === 404) this.conversationId = null;
    return response?.ok ? await response.json() : null;
  }

  /** Deletes it for good. */
  async remove() {
    const response = await this.#send("DELETE");
    return response !== null && (response.ok || response.status === 404);
  }

  /** @param {string} method */
  #send(method) {
    const id = this.conversationId;
    if (id === null) return Promise.resolve(null);
    const headers = { "X-Visitor-Id": visitorId(), "X-Requested-With": "chat" };
    return fetch(`/api/chat/conversations/${encodeURIComponent(id)}`, { method, headers, cache: "no-store" }).catch(() => null);
  }
}
