import { readAnswer } from "./resume.js";
import { Suggestions } from "./suggest.js";
import { Turn } from "./turn.js";
import { Sitting, visitorId } from "./visitor.js";

/**
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
function get(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page lacks #${id}.`);
  return element;
}

const chat = get("chat", HTMLElement);
const log = get("log", HTMLElement);
const welcome = get("welcome", HTMLElement);
const composer = get("composer", HTMLFormElement);
const input = get("question", HTMLTextAreaElement);
const count = get("count", HTMLElement);
const send = get("send", HTMLButtonElement);
const stop = get("stop", HTMLButtonElement);
const fresh = get("new", HTMLAnchorElement);
const forget = get("forget", HTMLButtonElement);
const sure = get("forget-sure", HTMLDialogElement);
const sitting = new Sitting(chat.dataset.knowledgeBase ?? "default");

/** @type {Record<string, string>} */
const texts = JSON.parse(chat.dataset.texts ?? "{}");
/** From how many characters below the limit on the rest is shown. */
const nearLimit = 500;

/** @type {AbortController | null} */
let asking = null;

/** @param {string} question */
async function ask(question) {
  asking?.abort();
  const own = (asking = new AbortController());
  const turn = new Turn(question, texts);
  setBegun(true);
  log.append(turn.element);
  setBusy(true);
  turn.element.scrollIntoView({ block: "start", behavior: "smooth" });
  const again = () => {
    turn.element.remove();
    ask(question);
  };
  /** @type {string | null} */
  let traceId = null;
  try {
    let response = await post(question, own.signal);
    traceId = response.headers.get("X-Trace-Id");
    if (!response.ok) {
      const problem = await response.json().catch(() => ({}));
      // The server may have forgotten the conversation; the question is as good without it.
      if (problem.code !== "conversation-unknown" || sitting.conversationId === null) throw new Refused(problem);
      sitting.conversationId = null;
      response = await post(question, own.signal);
      traceId = response.headers.get("X-Trace-Id");
      if (!response.ok) throw new Refused(await response.json().catch(() => ({})));
    }
    await show(response, turn, own);
  } catch (error) {
    if (own.signal.aborted) {
      turn.stop(again);
      return;
    }
    const trouble = error instanceof Refused
      ? { title: error.problem.title ?? texts.failed ?? "", detail: error.problem.detail, traceId: error.problem.traceId ?? traceId }
      : { title: texts.failed ?? "", detail: texts.offline, traceId };
    turn.fail(trouble, again);
  } finally {
    settle(own);
  }
}

/**
 * The next question can be asked.
 * @param {AbortController} own
 */
function settle(own) {
  if (asking !== own) return;
  asking = null;
  setBusy(false);
}

/** The server said no, in problem details. */
class Refused extends Error {
  /** @param {{ title?: string, detail?: string, code?: string, traceId?: string }} problem */
  constructor(problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/**
 * @param {string} question
 * @param {AbortSignal} signal
 */
function post(question, signal) {
  return fetch("/api/chat", {
    method: "POST",
    signal,
    headers: { "Content-Type": "application/json", Accept: "text/event-stream", "X-Requested-With": "chat" },
    body: JSON.stringify({
      question, knowledgeBase: chat.dataset.knowledgeBase, conversationId: sitting.conversationId, visitorId: visitorId(), stream: true, resumable: true, options: { language: chat.dataset.language },
    }),
  });
}

/**
 * @param {Response} response
 * @param {Turn} turn
 * @param {AbortController} own
 */
async function show(response, turn, own) {
  /** @type {string | null} */
  let messageId = null;
  for await (const { event, data } of readAnswer(response, own.signal)) {
    const value = JSON.parse(data);
    if (event === "meta") {
      sitting.conversationId = value.conversationId;
      messageId = value.messageId;
    } else if (event === "delta") {
      turn.add(value.text);
    } else if (event === "sources") {
      turn.cite(value.citations);
    } else if (event === "done") {
      // The connection may take its time to end; whoever sees the answer can ask on.
      settle(own);
      turn.finish({ ...value, messageId, card: cardOf(value) });
      return;
    } else if (event === "error") {
      throw new Refused(value);
    }
  }
  throw new Error("The answer broke off.");
}

/**
 * Whom to turn to, where there is no answer or a person is wanted.
 * @param {{ refused?: boolean, intent?: string | null }} outcome
 */
function cardOf({ refused, intent }) {
  const { contact, handover, knowledgeBase } = chat.dataset;
  if ((!refused && intent !== "handover") || (!contact && !handover)) return null;
  const query = new URLSearchParams({ kb: knowledgeBase ?? "", conversation: sitting.conversationId ?? "" });
  return { contact, url: handover && `${handover}?${query}` };
}

/** @param {boolean} hasBegun */
function setBegun(hasBegun) {
  welcome.hidden = hasBegun;
  fresh.hidden = !hasBegun;
  forget.hidden = !hasBegun;
}

function beginAnew() {
  asking?.abort();
  sitting.conversationId = null;
  log.replaceChildren();
  setBegun(false);
  history.replaceState(null, "", fresh.href);
  input.focus();
}

/**
 * An answer that was given before this page was there.
 * @param {string} question
 * @param {{ text: string, citations?: import("./answer.js").Citation[] } & Parameters<Turn["finish"]>[0] & { intent?: string | null }} answer
 */
function shown(question, { text, citations, ...outcome }) {
  const turn = new Turn(question, texts);
  turn.add(text);
  turn.cite(citations ?? []);
  turn.finish({ ...outcome, card: cardOf(outcome) });
  return turn.element;
}

/** After a reload, and on the next page that has the chat, a conversation goes on. */
async function resume() {
  const conversation = await sitting.load();
  if (!conversation || log.children.length > 0 || asking) return;
  let question = "";
  for (const { id, role, ...message } of conversation.messages) {
    if (role === "user") question = message.text;
    else log.append(shown(question, { ...message, messageId: id }));
  }
  if (log.children.length === 0) return;
  setBegun(true);
  log.lastElementChild?.scrollIntoView({ block: "start" });
}

/** @param {boolean} isBusy */
function setBusy(isBusy) {
  send.hidden = isBusy;
  stop.hidden = !isBusy;
}

function measure() {
  const left = input.maxLength - input.value.length;
  count.hidden = left > nearLimit;
  count.textContent = (texts.left ?? "").replace("{0}", String(left));
  if (!CSS.supports("field-sizing", "content")) {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
  }
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = input.value.trim();
  if (!question || asking) return;
  input.value = "";
  // The list of suggestions is about what was typed.
  input.dispatchEvent(new Event("input"));
  ask(question);
});

// Before the keys below: while a list is open, they choose from it.
if (chat.dataset.suggestions) {
  new Suggestions(input, texts, { knowledgeBase: chat.dataset.knowledgeBase ?? "default", language: chat.dataset.language ?? "en" }, (question) => {
    input.value = "";
    measure();
    ask(question);
  });
}
input.addEventListener("input", measure);
input.addEventListener("keydown", (event) => {
  // Enter also ends the spelling of a Chinese word; that is no question yet.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});
stop.addEventListener("click", () => {
  asking?.abort();
  input.focus();
});
fresh.addEventListener("click", (event) => {
  event.preventDefault();
  beginAnew();
});
forget.addEventListener("click", () => sure.showModal());
sure.addEventListener("close", async () => {
  if (sure.returnValue !== "delete") return;
  sure.returnValue = "";
  asking?.abort();
  // Nothing to delete yet, where the first answer was stopped before it began.
  if (sitting.conversationId === null || (await sitting.remove())) beginAnew();
  else forget.focus();
});
for (const example of welcome.querySelectorAll("a[data-question]")) {
  example.addEventListener("click", (event) => {
    event.preventDefault();
    ask(example.getAttribute("data-question") ?? "");
    input.focus();
  });
}

log.addEventListener("ask", (event) => {
  if (event instanceof CustomEvent && typeof event.detail === "string" && !asking) ask(event.detail);
});

if (chat.dataset.question && chat.dataset.answer) {
  // A question that the server answered with the page gets what only a script can give.
  const answer = JSON.parse(chat.dataset.answer);
  sitting.conversationId = answer.conversationId ?? null;
  document.getElementById("server-turn")?.replaceWith(shown(chat.dataset.question, { ...answer, text: answer.answer }));
  // The next reload goes on from here, and does not ask again.
  history.replaceState(null, "", fresh.href);
} else if (!chat.dataset.question) {
  resume();
}
setBegun(!!chat.dataset.question);

// On a phone, focus would cover half of the page with the keyboard.
const hasKeyboard = matchMedia("(pointer: fine)").matches;
if (document.body.dataset.embedded) {
  const close = document.getElementById("close");
  // Only asks to be closed: nothing in it is worth hiding from any page.
  const ask = () => parent.postMessage({ chatbot: "close" }, "*");
  if (close) {
    close.hidden = parent === window;
    close.addEventListener("click", ask);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector(".peek")) ask();
  });
  // A click on text is no wish to write; being opened is.
  if (hasKeyboard) addEventListener("focus", () => input.focus(), { once: true });
} else if (hasKeyboard) {
  input.focus();
}
