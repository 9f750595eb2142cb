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
  const tell = async (/** @type {string | undefined} */ comment) => {
    const response = await fetch("/api/feedback", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Requested-With": "chat" },
      body: JSON.stringify({ messageId, helpful: up.ariaPressed === "true", comment }),
    }).catch(() => null);
    said.textContent = (response?.ok ? texts.thanks : texts.offline) ?? "";
    return response?.ok === true;
  };
  const rate = async (/** @type {boolean} */ helpful) => {
    up.ariaPressed = String(helpful);
    down.ariaPressed = String(!helpful);
    await tell(undefined);
    if (bar.nextElementSibling?.matches(".comment")) return;
    const comment = makeComment(texts, tell);
    bar.after(comment);
    comment.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };
  up.addEventListener("click", () => rate(true));
  down.addEventListener("click", () => rate(false));
  return [up, down];
}

/**
 * @param {Record<string, string>} texts
 * @param {(comment: string) => Promise<boolean>} tell
 */
function makeComment(texts, tell) {
  const area = make("textarea");
  area.rows = 2;
  area.maxLength = 2000;
  area.id = `comment-${++lastId}`;
  const label = make("label", "", texts.commentLabel ?? "");
  label.htmlFor = area.id;
  const form = make("form", "comment", label, area, make("button", "button small", texts.commentSend ?? ""));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const comment = area.value.trim();
    if (comment === "" || (await tell(comment))) form.remove();
  });
  return form;
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
