import { make } from "./answer.js";

const UP = "M7 11v9H4v-9zM7 11l4-8c2 0 2.5 1.5 2.5 2.5L13 9h6c1.5 0 2 1 1.8 2.200l-1.4 7c-.2 1.1-1 1.8-2.200 1.8H7";
const DOWN = "M17 13V4h3v9zM17 13l-4 8c-2 0-2.5-1.5-2.5-2.5L11 15H5c-1.5 0-2-1-1.8-2.200l1.4-7C4.800 4.700 5.600 4 6.800 4H17";

let lastId = 0;

/**
 * What a visitor can do with an answer: copy it, say whether it helped, and why.
 * @param {Record<string, string>} texts
 * @param {string | null} messageId null when the answer cannot be rated
 * @param {() => string} copyable
 * @returns {HTMLElement[]}
 */
export function makeTools(texts, messageId, copyable) {
  const bar = make("div", "tools");
  const said = make("span", "said small");
  said.setAttribute("role", "status");
  const copy = tool(texts.copy ?? "", "M9 9h11v11H9zM5 15H4V4h11v1");
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copyable());
    said.textContent = texts.copied ?? "";
  });
  // Browsers give pages without TLS no clipboard.
  if ("clipboard" in navigator) bar.append(copy);
  if (messageId) bar.append(...makeThumbs(texts, messageId, bar, said));
  bar.append(said);
  return [bar];
}

/**
 * @param {Record<string, string>} texts
 * @param {string} messageId
 * @param {HTMLElement} bar
 * @param {HTMLElement} said
 */
function makeThumbs(texts, messageId, bar, said) {
  const up = tool(texts.helpful ?? "", UP);
  const down = tool(texts.unhelpful ?? "", DOWN);
  /** @param {Record<string, unknown>} more */
  const tell = async (more) => {
    const response = await fetch("/api/feedback", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Requested-With": "chat" },
      body: JSON.stringify({ messageId, helpful: up.ariaPressed === "true", ...more }),
    }).catch(() => null);
    said.textContent = (response?.ok ? texts.thanks : texts.offline) ?? "";
    return response?.ok === true;
  };
  const rate = async (/** @type {boolean} */ helpful) => {
    up.ariaPressed = String(helpful);
    down.ariaPressed = String(!helpful);
    await tell({});
    if (bar.nextElementSibling?.matches(".comment")) bar.nextElementSibling.remove();
    const comment = makeComment(texts, helpful, tell);
    bar.after(comment);
    comment.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };
  up.addEventListener("click", () => rate(true));
  down.addEventListener("click", () => rate(false));
  return [up, down];
}

/**
 * @param {Record<string, string>} texts
 * @param {boolean} helpful
 * @param {(more: Record<string, unknown>) => Promise<boolean>} tell
 */
function makeComment(texts, helpful, tell) {
  const reasons = helpful ? [] : reasonsOf(texts).map(([name, label]) => makeReason(name, label));
  const comment = makeArea(texts.commentLabel ?? "");
  const correction = helpful ? null : makeArea(texts.correction ?? "");
  const form = make("form", "comment");
  if (reasons.length > 0) form.append(make("fieldset", "reasons", make("legend", "", texts.reasons ?? ""), ...reasons.map((reason) => reason.label)));
  form.append(...comment.parts, ...(correction?.parts ?? []), make("button", "button small", texts.commentSend ?? ""));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const more = {
      reasons: reasons.filter((reason) => reason.box.checked).map((reason) => reason.box.value),
      comment: comment.area.value.trim() || undefined,
      correction: correction?.area.value.trim() || undefined,
    };
    const isEmpty = more.reasons.length === 0 && !more.comment && !more.correction;
    if (isEmpty || (await tell(more))) form.remove();
  });
  return form;
}

/**
 * As the server names them, with what visitors read.
 * @param {Record<string, string>} texts
 * @returns {[string, string | undefined][]}
 */
function reasonsOf(texts) {
  return [
    ["wrong", texts.reasonWrong],
    ["incomplete", texts.reasonIncomplete],
    ["outdated", texts.reasonOutdated],
    ["offTopic", texts.reasonOffTopic],
    ["badSource", texts.reasonBadSource],
    ["unclear", texts.reasonUnclear],
  ];
}

/**
 * @param {string} name
 * @param {string | undefined} text
 */
function makeReason(name, text) {
  const box = make("input");
  box.type = "checkbox";
  box.value = name;
  return { box, label: make("label", "reason", box, make("span", "", text ?? "")) };
}

/** @param {string} text */
function makeArea(text) {
  const area = make("textarea");
  area.rows = 2;
  area.maxLength = 2000;
  area.id = `comment-${++lastId}`;
  const label = make("label", "", text);
  label.htmlFor = area.id;
  return { area, parts: [label, area] };
}

/**
 * A button with a picture.
 * @param {string} name
 * @param {string} path
 */
function tool(name, path) {
  const button = make("button", "icon-button");
  button.type = "button";
  button.ariaLabel = name;
  button.title = name;
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", width: "18", height: "18", fill: "none", stroke: "currentColor", "stroke-width": "1.8", "stroke-linejoin": "round", "aria-hidden": "true" })) {
    picture.setAttribute(key, value);
  }
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  picture.append(line);
  button.append(picture);
  return button;
}
