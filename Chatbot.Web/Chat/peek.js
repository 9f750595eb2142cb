import { link, make, placeOf, safeUrl } from "./answer.js";

/**
 * @typedef {import("./answer.js").Citation} Citation
 */

/** Before a card opens under the mouse, and before it closes behind it, in milliseconds: whoever passes by meets none. */
const openAfter = 120;
const closeAfter = 250;

let lastId = 0;

/** The card with the passage that a number in an answer refers to: one at a time, beside its number or, on a phone, at the foot of the screen. */
export class Peek {
  #place;
  #texts;
  #light;
  /** @type {HTMLElement | null} */
  #card = null;
  /** @type {HTMLButtonElement | null} */
  #chip = null;
  #timer = 0;
  /** The focus comes back to a number whose card was closed: that opens it no second time. */
  #isReturning = false;

  /**
   * @param {HTMLElement} place what the cards lie over: an answer
   * @param {Record<string, string>} texts
   * @param {(number: number | null) => void} light shows which source is looked at
   */
  constructor(place, texts, light) {
    this.#place = place;
    this.#texts = texts;
    this.#light = light;
    place.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#card) return;
      // In a frame, Escape would close that as well.
      event.stopPropagation();
      this.close(true);
    });
    place.addEventListener("focusout", (event) => {
      if (this.#card && event.relatedTarget instanceof Node && !this.#card.contains(event.relatedTarget) && event.relatedTarget !== this.#chip) this.close(false);
    });
    document.addEventListener("pointerdown", (event) => {
      if (this.#card && event.target instanceof Node && !this.#card.contains(event.target) && !this.#chip?.contains(event.target)) this.close(false);
    });
  }

  /**
   * The number in the text.
   * @param {Citation} citation
   */
  chip(citation) {
    const chip = make("button", "cite", String(citation.number));
    chip.type = "button";
    chip.ariaLabel = `${this.#texts.source} ${citation.number}: ${citation.title}`;
    chip.ariaExpanded = "false";
    chip.setAttribute("aria-haspopup", "dialog");
    chip.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && this.#later(() => this.#open(chip, citation), openAfter));
    chip.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.#later(() => this.close(false), closeAfter));
    chip.addEventListener("focus", () => !this.#isReturning && chip.matches(":focus-visible") && this.#open(chip, citation));
    chip.addEventListener("click", (event) => {
      clearTimeout(this.#timer);
      const wasOpen = this.#chip === chip;
      this.#open(chip, citation);
      // A second tap closes. A mouse and a focus have opened the card before; the Enter key then goes into it.
      const isTap = event instanceof PointerEvent && event.pointerType === "touch";
      if (wasOpen && isTap) this.close(false);
      else if (wasOpen && event.detail === 0) this.#card?.querySelector("p")?.focus();
    });
    return chip;
  }

  /** @param {boolean} refocus */
  close(refocus) {
    clearTimeout(this.#timer);
    const chip = this.#chip;
    this.#card?.remove();
    this.#card = null;
    this.#chip = null;
    if (chip) chip.ariaExpanded = "false";
    this.#light(null);
    if (!refocus || !chip) return;
    this.#isReturning = true;
    chip.focus();
    this.#isReturning = false;
  }

  /**
   * @param {HTMLButtonElement} chip
   * @param {Citation} citation
   */
  #open(chip, citation) {
    if (this.#chip === chip) return;
    this.close(false);
    const card = this.#make(citation);
    chip.ariaExpanded = "true";
    chip.setAttribute("aria-controls", card.id);
    // Beside its number in the order of the keyboard, below it on the screen.
    chip.after(card);
    this.#card = card;
    this.#chip = chip;
    this.#lay(chip, card);
    card.querySelector("mark")?.scrollIntoView({ block: "nearest" });
    this.#light(citation.number);
  }

  /** @param {Citation} citation */
  #make(citation) {
    const id = `peek-${++lastId}`;
    const title = make("strong", "", citation.title);
    title.id = `${id}-title`;
    title.dir = "auto";
    const close = make("button", "icon-button peek-close", "✕");
    close.type = "button";
    close.ariaLabel = this.#texts.close ?? "";
    close.addEventListener("click", () => this.close(true));
    const text = make("p", "peek-text", ...withWords(citation));
    text.dir = "auto";
    // What scrolls must be reached by the keyboard, too.
    text.tabIndex = 0;
    const page = /#page=(\d+)/.exec(citation.url)?.[1];
    const place = page ? `${placeOf(citation.url)} · ${(this.#texts.page ?? "").replace("{0}", page)}` : placeOf(citation.url);
    const card = make("span", "peek", make("span", "peek-head", make("span", "number", String(citation.number)), make("span", "peek-title", title, make("span", "source-place", place)), close), text);
    card.id = id;
    card.role = "dialog";
    card.setAttribute("aria-labelledby", title.id);
    const url = safeUrl(citation.url);
    if (url) card.append(link(url, "peek-open", this.#texts.open ?? ""));
    card.addEventListener("pointerenter", () => clearTimeout(this.#timer));
    card.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && !card.contains(document.activeElement) && this.#later(() => this.close(false), closeAfter));
    return card;
  }

  /**
   * @param {HTMLElement} chip
   * @param {HTMLElement} card
   */
  #lay(chip, card) {
    const [answer, at] = [this.#place.getBoundingClientRect(), chip.getBoundingClientRect()];
    const room = (document.getElementById("composer")?.getBoundingClientRect().top ?? innerHeight) - at.bottom;
    const isAbove = card.offsetHeight + 12 > room && at.top > card.offsetHeight + 70;
    card.style.top = `${isAbove ? at.top - answer.top - card.offsetHeight - 6 : at.bottom - answer.top + 6}px`;
    card.style.left = `${Math.max(0, Math.min(at.left - answer.left - 16, answer.width - card.offsetWidth))}px`;
  }

  /**
   * @param {() => void} action
   * @param {number} wait
   */
  #later(action, wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, wait);
  }
}

/**
 * The passage with the words marked that the link goes to.
 * @param {Citation} citation
 * @returns {(Node | string)[]}
 */
function withWords({ url, text }) {
  const directive = /:~:text=([^&]+)/.exec(url)?.[1];
  if (!directive) return [text];
  try {
    const [start, end] = directive.split(",").map(decodeURIComponent);
    const from = start ? text.indexOf(start) : -1;
    const last = end ? text.indexOf(end, from) : from;
    if (from < 0 || last < 0) return [text];
    const to = last + (end ?? start ?? "").length;
    return [text.slice(0, from), make("mark", "", text.slice(from, to)), text.slice(to)];
  } catch {
    return [text];
  }
}
