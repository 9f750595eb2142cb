import { readEvents } from "./sse.js";

/** Milliseconds before each try to take a broken stream up again; the server waits about as long as all of them. */
const pauses = [300, 1000, 2000, 4000, 8000, 12000];

/**
 * The events of an answer until its last one. When the connection breaks, the answer is read on after the last event that came.
 * Whoever gives up by the signal stops the answer, too.
 * @param {Response} response
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<import("./sse.js").ServerEvent, void, void>}
 */
export async function* readAnswer(response, signal) {
  /** @type {string | null} */
  let stream = null;
  let seen = "0";
  let tries = 0;
  /** @type {Response | null} */
  let current = response;
  for (;;) {
    try {
      current ??= await resume(stream ?? "", seen, signal);
      for await (const item of readEvents(current)) {
        tries = 0;
        seen = item.id || seen;
        if (item.event === "meta") stream = JSON.parse(item.data).streamId ?? null;
        yield item;
        if (item.event === "done" || item.event === "error") return;
      }
    } catch (error) {
      if (signal.aborted && stream) stop(stream);
      if (signal.aborted || error instanceof Gone) throw error;
    }
    if (!stream || tries >= pauses.length) throw new Error("The answer broke off.");
    await pause(pauses[tries++] ?? 0);
    if (signal.aborted) {
      stop(stream);
      throw new Error("The answer was stopped.");
    }
    current = null;
  }
}

/** The server has no such answer any more. */
class Gone extends Error {}

/**
 * @param {string} stream
 * @param {string} seen
 * @param {AbortSignal} signal
 */
async function resume(stream, seen, signal) {
  const response = await fetch(`/api/chat/streams/${stream}`, { signal, headers: { Accept: "text/event-stream", "Last-Event-ID": seen } });
  if (response.status === 404) throw new Gone("The answer is gone.");
  if (!response.ok) throw new Error("The answer cannot be read on yet.");
  return response;
}

/** @param {string} stream */
function stop(stream) {
  fetch(`/api/chat/streams/${stream}`, { method: "DELETE", keepalive: true, headers: { "X-Requested-With": "chat" } }).catch(() => {});
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
