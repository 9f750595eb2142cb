import { layOut, make, placeOf, safeUrl } from "./answer.js";

/**
 * @typedef {import("./answer.js").Citation} Citation
 * @typedef {{ title: string, detail?: string | null, traceId?: string | null }} Trouble
 */

let lastId = 0;

/** One question and what became of it, on the page. */
export class Turn {
  /** @type {Record<string, string>} */
  #texts;
  #answer = make("div", "answer");
  #text = make("div", "answer-text");
  #plain = "";
  /** @type {Citation[]} */
  #citations = [];
  #isPending = false;
  /** @type {HTMLElement | null} */
  #peek = null;
  element = make("article", "turn");

  /**
   * @param {string} question
   * @param {Record<string, string>} texts
   */
  constructor(question, texts) {
    this.#texts = texts;
    const dots = make("span", "dots", make("i"), make("i"), make("i"));
    dots.ariaHidden = "true";
    this.#answer.append(make("div", "thinking", dots, make("span", "", texts.thinking ?? "")));
    this.#answer.setAttribute("aria-busy", "true");
    this.element.append(make("div", "question", make("p", "", question)), this.#answer);
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#peek) this.#closePeek(true);
    });
    this.element.addEventListener("pointerleave", () => this.#closePeek(false));
  }

  /** @param {string} text */
  add(text) {
    this.#plain += text;
    if (this.#isPending) return;
    this.#isPending = true;
    // Many small pieces come within one picture of the screen.
    requestAnimationFrame(() => {
      this.#isPending = false;
      this.#draw();
    });
  }

  /** @param {Citation[]} citations */
  cite(citations) {
    this.#citations = citations;
    this.#draw();
  }

  /**
   * @param {{ refused?: boolean, notice?: string | null, messageId?: string | null }} outcome
   */
  finish({ refused, notice, messageId }) {
    this.#draw();
    this.#answer.classList.toggle("refused", refused === true);
    if (notice) this.#answer.append(make("p", "notice small", notice));
    if (this.#citations.length > 0) this.#answer.append(this.#sources());
    this.#answer.append(this.#tools(messageId ?? null));
    this.#answer.removeAttribute("aria-busy");
  }

  stop() {
    this.#draw();
    this.#answer.append(make("p", "notice small", this.#texts.stopped ?? ""));
    this.#answer.removeAttribute("aria-busy");
  }

  /**
   * @param {Trouble} trouble
   * @param {() => void} again
   */
  fail({ title, detail, traceId }, again) {
    if (this.#plain) this.#draw();
    else this.#answer.replaceChildren();
    const button = make("button", "button small", this.#texts.again ?? "");
    button.type = "button";
    button.addEventListener("click", again);
    const box = make("div", "answer failed", make("p", "", make("strong", "", title)));
    box.setAttribute("role", "alert");
    if (detail) box.append(make("p", "", detail));
    if (traceId) box.append(make("p", "small muted", `${this.#texts.traceId} `, make("code", "", traceId)));
    box.append(button);
    this.#answer.append(box);
    this.#answer.removeAttribute("aria-busy");
  }

  #draw() {
    this.#text.replaceChildren(...layOut(this.#plain, this.#citations, (citation) => this.#reference(citation)));
    if (!this.#text.isConnected) this.#answer.replaceChildren(this.#text);
  }

  /** @param {Citation} citation */
  #reference(citation) {
    const button = make("button", "cite", String(citation.number));
    button.type = "button";
    button.ariaLabel = `${this.#texts.source} ${citation.number}: ${citation.title}`;
    button.ariaExpanded = "false";
    const open = () => this.#openPeek(button, citation);
    button.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && open());
    button.addEventListener("click", open);
    button.addEventListener("focus", () => button.matches(":focus-visible") && open());
    return button;
  }

  /**
   * @param {HTMLButtonElement} chip
   * @param {Citation} citation
   */
  #openPeek(chip, citation) {
    if (chip.ariaExpanded === "true") return;
    this.#closePeek(false);
    const peek = make("div", "peek", make("strong", "", citation.title), make("span", "source-place", placeOf(citation.url)), make("p", "", citation.text));
    const url = safeUrl(citation.url);
    if (url) peek.append(link(url, "", this.#texts.open ?? ""));
    peek.id = `peek-${++lastId}`;
    chip.ariaExpanded = "true";
    chip.setAttribute("aria-controls", peek.id);
    // Beside its chip in the order of the keyboard, below it on the screen.
    chip.after(peek);
    const [answer, at] = [this.#answer.getBoundingClientRect(), chip.getBoundingClientRect()];
    peek.style.top = `${at.bottom - answer.top + 6}px`;
    peek.style.left = `${Math.max(0, Math.min(at.left - answer.left - 12, answer.width - peek.offsetWidth))}px`;
    this.#peek = peek;
    this.#light(citation.number);
  }

  /** @param {boolean} refocus */
  #closePeek(refocus) {
    const chip = this.#answer.querySelector('.cite[aria-expanded="true"]');
    if (chip instanceof HTMLElement) {
      chip.ariaExpanded = "false";
      if (refocus) chip.focus();
    }
    this.#peek?.remove();
    this.#peek = null;
    this.#light(null);
  }

  /** @param {number | null} number */
  #light(number) {
    for (const card of this.#answer.querySelectorAll(".source")) {
      card.classList.toggle("lit", card.getAttribute("data-number") === String(number));
    }
  }

  #sources() {
    const list = make("ol");
    for (const citation of this.#citations) {
      const inside = [make("span", "number", String(citation.number)), make("span", "source-title", citation.title), make("span", "source-place", placeOf(citation.url))];
      const url = safeUrl(citation.url);
      const card = make("li", "source", url ? link(url, "", ...inside) : make("div", "", ...inside), make("p", "source-text", citation.text));
      card.dataset.number = String(citation.number);
      card.querySelector(".source-text")?.addEventListener("click", () => card.classList.toggle("lit"));
      list.append(card);
    }
    return make("section", "sources", make("h2", "", this.#texts.sources ?? ""), list);
  }

  /** @param {string | null} messageId */
  #tools(messageId) {
    const bar = make("div", "tools");
    const said = make("span", "said small");
    said.setAttribute("role", "status");
    const copy = tool(this.#texts.copy ?? "", "M9 9h11v11H9zM5 15H4V4h11v1");
    copy.addEventListener("click", async () => {
      const sources = this.#citations.map((citation) => `[${citation.number}] ${citation.title} – ${citation.url}`);
      await navigator.clipboard.writeText([this.#plain, ...sources].join("\n"));
      said.textContent = this.#texts.copied ?? "";
    });
    bar.append(copy);
    if (messageId) {
      const up = tool(this.#texts.helpful ?? "", "M7 11v9H4v-9zM7 11l4-8c2 0 2.5 1.5 2.5 2.5L13 9h6c1.5 0 2 1 1.8 2.200l-1.4 7c-.2 1.1-1 1.8-2.200 1.8H7");
      const down = tool(this.#texts.unhelpful ?? "", "M17 13V4h3v9zM17 13l-4 8c-2 0-2.5-1.5-2.5-2.5L11 15H5c-1.5 0-2-1-1.8-2.200l1.4-7C4.800 4.700 5.600 4 6.800 4H17");
      const rate = async (/** @type {boolean} */ helpful) => {
        up.ariaPressed = String(helpful);
        down.ariaPressed = String(!helpful);
        await this.#tell({ messageId, helpful }, said);
        if (!this.#answer.querySelector(".comment")) bar.after(this.#comment(messageId, () => up.ariaPressed === "true", said));
      };
      up.addEventListener("click", () => rate(true));
      down.addEventListener("click", () => rate(false));
      bar.append(up, down);
    }
    bar.append(said);
    return bar;
  }

  /**
   * @param {string} messageId
   * @param {() => boolean} isHelpful
   * @param {HTMLElement} said
   */
  #comment(messageId, isHelpful, said) {
    const area = make("textarea");
    area.rows = 2;
    area.maxLength = 2000;
    area.id = `comment-${++lastId}`;
    const label = make("label", "", this.#texts.commentLabel ?? "");
    label.htmlFor = area.id;
    const form = make("form", "comment", label, area, make("button", "button small", this.#texts.commentSend ?? ""));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (area.value.trim() && !(await this.#tell({ messageId, helpful: isHelpful(), comment: area.value.trim() }, said))) return;
      form.remove();
    });
    return form;
  }

  /**
   * @param {{ messageId: string, helpful: boolean, comment?: string }} feedback
   * @param {HTMLElement} said
   */
  async #tell(feedback, said) {
    const response = await fetch("/api/feedback", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Requested-With": "chat" },
      body: JSON.stringify(feedback),
    }).catch(() => null);
    said.textContent = (response?.ok ? this.#texts.thanks : this.#texts.offline) ?? "";
    return response?.ok === true;
  }
}

/**
 * @param {string} url
 * @param {string} className
 * @param {...(Node | string)} children
 */
function link(url, className, ...children) {
  const anchor = make("a", className, ...children);
  anchor.href = url;
  anchor.target = "_blank";
  anchor.rel = "noopener";
  return anchor;
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
