// Lays out an answer. Its text comes from pages and models, and so from strangers: it becomes text nodes, never markup.

/**
 * @typedef {{ text: string, url: string }} QuotedLink
 * @typedef {{ number: number, url: string, title: string, text: string, links?: QuotedLink[] | null }} Citation
 * @typedef {(citation: Citation) => HTMLElement} MakeReference
 */

/**
 * Makes an element with text or children in it.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} [className]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/**
 * A link that opens beside the chat.
 * @param {string} url
 * @param {string} className
 * @param {...(Node | string)} children
 */
export function link(url, className, ...children) {
  const anchor = make("a", className, ...children);
  anchor.href = url;
  anchor.target = "_blank";
  anchor.rel = "noopener";
  return anchor;
}

// Uploads are served by this server, under a path that ends with their name.
const upload = /^\/api\/files\/[^/]+\/([^#]+)/;

// So are entries of questions and answers that have no address of their own.
const faq = /^\/faqs\/[0-9a-f-]{36}(#|$)/;

/**
 * The address when it is one of the web, an upload or an entry of questions and answers, else null: a link must not run code.
 * @param {string} url
 */
export function safeUrl(url) {
  if (upload.test(url) || faq.test(url)) return url;
  try {
    const { protocol } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}

/**
 * The address of a quoted link when it leads to a page, a mail address or a telephone, else null.
 * @param {string} url
 */
function linkUrl(url) {
  try {
    return ["https:", "http:", "mailto:", "tel:"].includes(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}

/**
 * Host and path, of uploads the name: for people.
 * @param {string} url
 */
export function placeOf(url) {
  try {
    const name = upload.exec(url)?.[1];
    if (name) return decodeURIComponent(name);
    if (faq.test(url)) return "FAQ";
    const { host, pathname } = new URL(url);
    return host + decodeURI(pathname);
  } catch {
    return url;
  }
}

const heading = /^#{1,6}\s+/;
const bullet = /^[-*•]\s+/;
const numbered = /^\d{1,3}[.)]\s+/;
const ruler = /^\|[\s:|-]+\|$/;

/** @param {string} line */
function kindOf(line) {
  if (line === "") return "blank";
  if (line.length > 1 && line.startsWith("|") && line.endsWith("|")) return "row";
  if (heading.test(line)) return "heading";
  if (bullet.test(line)) return "bullet";
  if (numbered.test(line)) return "numbered";
  // Tables that are quoted from a page come without outer bars.
  return line.includes(" | ") ? "row" : "text";
}

/**
 * Paragraphs, headings, lists, tables and code, told by the look of the lines. The server does the same for pages without scripts.
 * @param {string} text
 * @param {Citation[]} citations
 * @param {MakeReference} makeReference
 * @returns {HTMLElement[]}
 */
export function layOut(text, citations, makeReference) {
  /** @type {HTMLElement[]} */
  const blocks = [];
  /** @type {string[]} */
  let run = [];
  let kind = "blank";
  const inline = (/** @type {string} */ line) => withReferences(line, citations, makeReference);
  const close = () => {
    if (kind === "text") {
      blocks.push(make("p", "", ...run.flatMap((line, index) => (index > 0 ? [make("br"), ...inline(line)] : inline(line)))));
    } else if (kind === "heading") {
      blocks.push(...run.map((line) => make("p", "answer-heading", ...inline(line.replace(heading, "")))));
    } else if (kind === "bullet") {
      blocks.push(make("ul", "", ...run.map((line) => make("li", "", ...inline(line.replace(bullet, ""))))));
    } else if (kind === "numbered") {
      blocks.push(make("ol", "", ...run.map((line) => make("li", "", ...inline(line.replace(numbered, ""))))));
    } else if (kind === "row") {
      const rows = run.filter((line) => !ruler.test(line)).map((line) => line.replace(/^\||\|$/g, "").split("|"));
      const body = make("tbody", "", ...rows.map((cells) => make("tr", "", ...cells.map((cell) => make("td", "", ...inline(cell.trim()))))));
      blocks.push(make("div", "table-scroll", make("table", "", body)));
    }
    run = [];
  };
  /** @type {string[] | null} */
  let code = null;
  const closeCode = () => {
    if (code === null) return;
    const block = make("pre", "", make("code", "", code.join("\n").trimEnd()));
    block.dir = "ltr";
    blocks.push(block);
    code = null;
  };
  for (const whole of [...text.split(/\r\n|\r|\n/), ""]) {
    const line = whole.trim();
    if (line.startsWith("```")) {
      close();
      kind = "blank";
      if (code === null) code = [];
      else closeCode();
      continue;
    }
    if (code !== null) {
      code.push(whole);
      continue;
    }
    const found = kindOf(line);
    if (found !== kind) {
      close();
      kind = found;
    }
    run.push(line);
  }
  close();
  // Its end has not come yet, or was forgotten.
  closeCode();
  return blocks;
}

/**
 * @param {string} line
 * @param {Citation[]} citations
 * @param {MakeReference} makeReference
 * @returns {(Node | string)[]}
 */
function withReferences(line, citations, makeReference) {
  const parts = line.split(/(\[\d{1,3}\])/).filter((part) => part !== "").map((text) => {
    const number = /^\[(\d{1,3})\]$/.exec(text)?.[1];
    return { text, source: number ? citations.find((candidate) => candidate.number === Number(number)) : undefined };
  });
  return parts.flatMap(({ text, source }, index) => {
    if (source) return [makeReference(source)];
    const next = parts.slice(index + 1).find((part) => part.source)?.source;
    return withLinks(text, next ? [next] : citations).flatMap((piece) => (typeof piece === "string" ? withDoubts(piece) : [piece]));
  });
}

/**
 * Where a sentence is not borne out by the sources, it is marked.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
function withDoubts(text) {
  return text.split("[?]").flatMap((part, index) => (index > 0 ? [make("span", "doubt", "[?]"), part] : [part]));
}

/**
 * What the sources have links on, each once, where its words stand first; longer ones before those that are part of them.
 * @param {string} text
 * @param {Citation[]} sources
 * @returns {(Node | string)[]}
 */
function withLinks(text, sources) {
  /** @type {{ start: number, end: number, url: string }[]} */
  const places = [];
  const links = sources.flatMap((source) => source.links ?? []).filter((link) => link.text !== "").sort((one, other) => other.text.length - one.text.length);
  for (const link of links) {
    const url = linkUrl(link.url);
    const length = link.text.length;
    let start = url ? text.indexOf(link.text) : -1;
    while (start >= 0 && places.some((place) => start < place.end && place.start < start + length)) start = text.indexOf(link.text, start + 1);
    if (url && start >= 0) places.push({ start, end: start + length, url });
  }
  /** @type {(Node | string)[]} */
  const pieces = [];
  let at = 0;
  for (const { start, end, url } of places.sort((one, other) => one.start - other.start)) {
    if (start > at) pieces.push(text.slice(at, start));
    const link = make("a", "quoted-link", text.slice(start, end));
    link.href = url;
    link.title = url;
    link.target = "_blank";
    link.rel = "noopener noreferrer nofollow";
    pieces.push(link);
    at = end;
  }
  if (at < text.length) pieces.push(text.slice(at));
  return pieces;
}
