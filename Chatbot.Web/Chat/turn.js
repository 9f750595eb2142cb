import { layOut, link, make, placeOf, safeUrl } from "./answer.js";
import { makeTools } from "./feedback.js";
import { Peek } from "./peek.js";

/**
 * @typedef {import("./answer.js").Citation} Citation
 * @typedef {{ title: string, detail?: string | null, traceId?: string | null }} Trouble
 */

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
  #peek;
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
    const asked = make("p", "", question);
    asked.dir = "auto";
    this.element.append(make("div", "question", asked), this.#answer);
    this.#peek = new Peek(this.#answer, texts, (number) => this.#light(number));
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
   * @param {{ refused?: boolean, notice?: string | null, messageId?: string | null, topics?: { title: string, url: string }[] | null, choices?: { label: string, question: string }[] | null, card?: { contact?: string, url?: string } | null }} outcome
   */
  finish({ refused, notice, messageId, topics, choices, card }) {
    this.#draw();
    this.#answer.classList.toggle("refused", refused === true);
    if (notice) this.#answer.append(make("p", "notice small", notice));
    if (card) this.#answer.append(...this.#card(card));
    if (choices && choices.length > 0) this.#answer.append(this.#choices(choices));
    if (topics && topics.length > 0) this.#answer.append(this.#topics(topics));
    if (this.#citations.length > 0) this.#answer.append(this.#sources());
    this.#answer.append(...makeTools(this.#texts, messageId ?? null, () => this.#copyable()));
    this.#answer.removeAttribute("aria-busy");
  }

  /** @param {() => void} again */
  stop(again) {
    this.#draw();
    const button = make("button", "button small", this.#texts.again ?? "");
    button.type = "button";
    button.addEventListener("click", again);
    this.#answer.append(make("p", "notice small", this.#texts.stopped ?? ""), make("div", "", button));
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
    this.#text.dir = "auto";
    this.#text.replaceChildren(...layOut(this.#plain, this.#citations, (citation) => this.#peek.chip(citation)));
    if (!this.#text.isConnected) this.#answer.replaceChildren(this.#text);
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

  /** @param {{ contact?: string, url?: string }} card */
  #card({ contact, url }) {
    const section = make("section", "contact-card");
    // Said already, as a rule, by the answer itself.
    if (contact && !this.#plain.includes(contact)) section.append(make("p", "", make("strong", "", this.#texts.contact ?? ""), ` ${contact}`));
    if (url) section.append(link(url, "button small", this.#texts.person ?? ""));
    return section.childElementCount > 0 ? [section] : [];
  }

  /** @param {{ label: string, question: string }[]} choices */
  #choices(choices) {
    return make("p", "choices", ...choices.map(({ label, question }) => {
      const button = make("button", "button small", label);
      button.type = "button";
      button.addEventListener("click", () => this.element.dispatchEvent(new CustomEvent("ask", { bubbles: true, detail: question })));
      return button;
    }));
  }

  /** @param {{ title: string, url: string }[]} topics */
  #topics(topics) {
    const items = topics.map(({ title, url }) => {
      const safe = safeUrl(url);
      return make("li", "", safe ? link(safe, "", title) : title);
    });
    return make("section", "topics small", make("p", "", this.#texts.topics ?? ""), make("ul", "", ...items));
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
