import { layOut, make, placeOf, safeUrl } from "./answer.js";
import { makeTools } from "./feedback.js";

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
    this.#answer.append(...makeTools(this.#texts, messageId ?? null, () => this.#copyable()));
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

  #copyable() {
    return [this.#plain, ...this.#citations.map((citation) => `[${citation.number}] ${citation.title} – ${citation.url}`)].join("\n");
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
