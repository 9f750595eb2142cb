// Lays out an answer. Its text comes from pages and models, and so from strangers: it becomes text nodes, never markup.

/**
 * @typedef {{ number: number, url: string, title: string, text: string }} Citation
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

const bullet = /^[-*•]\s+/;
const numbered = /^\d{1,3}[.)]\s+/;
const ruler = /^\|[\s:|-]+\|$/;

/** @param {string} line */
function kindOf(line) {
  if (line === "") return "blank";
  if (line.length > 1 && line.startsWith("|") && line.endsWith("|")) return "row";
  if (bullet.test(line)) return "bullet";
  if (numbered.test(line)) return "numbered";
  // Tables that are quoted from a page come without outer bars.
  return line.includes(" | ") ? "row" : "text";
}

/**
 * Paragraphs, lists and tables, told by the look of the lines. The server does the same for pages without scripts.
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
  for (const line of [...text.split(/\r\n|\r|\n/).map((line) => line.trim()), ""]) {
    const found = kindOf(line);
    if (found !== kind) {
      close();
      kind = found;
    }
    run.push(line);
  }
  close();
  return blocks;
}

/**
 * @param {string} line
 * @param {Citation[]} citations
 * @param {MakeReference} makeReference
 * @returns {(Node | string)[]}
 */
function withReferences(line, citations, makeReference) {
  return line.split(/(\[\d{1,3}\])/).filter((part) => part !== "").map((part) => {
    const number = /^\[(\d{1,3})\]$/.exec(part)?.[1];
    const citation = number && citations.find((candidate) => candidate.number === Number(number));
    return citation ? makeReference(citation) : part;
  });
}
