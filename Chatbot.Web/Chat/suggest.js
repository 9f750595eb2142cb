import { make } from "./answer.js";

/**
 * @typedef {{ text: string, source: string }} Suggestion
 */

/** After the last letter, in milliseconds: fast typing asks once. */
const pause = 120;
const longest = 200;

/** Questions to choose from while one is typed: a combobox as in the ARIA practices, on a text area that also sends. */
export class Suggestions {
  #input;
  #texts;
  #query;
  #pick;
  #list = make("ul", "suggestions");
  #status = make("span", "visually-hidden");
  #active = -1;
  #timer = 0;
  /** @type {AbortController | null} */
  #asking = null;

  /**
   * @param {HTMLTextAreaElement} input
   * @param {Record<string, string>} texts
   * @param {{ knowledgeBase: string, language: string }} query
   * @param {(question: string) => void} pick
   */
  constructor(input, texts, query, pick) {
    this.#input = input;
    this.#texts = texts;
    this.#query = query;
    this.#pick = pick;
    this.#list.id = "suggestions";
    this.#list.role = "listbox";
    this.#list.ariaLabel = texts.suggestions ?? "";
    this.#list.hidden = true;
    this.#status.setAttribute("role", "status");
    input.after(this.#list, this.#status);
    input.role = "combobox";
    input.ariaAutoComplete = "list";
    input.ariaExpanded = "false";
    input.setAttribute("aria-controls", this.#list.id);
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.close());
    // A click would take the focus first, and the list with it.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest("li") : null;
      if (option) this.#choose(option);
    });
  }

  close() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = null;
    this.#list.hidden = true;
    this.#list.replaceChildren();
    this.#status.textContent = "";
    this.#activate(-1);
    this.#input.ariaExpanded = "false";
  }

  #typed() {
    clearTimeout(this.#timer);
    const text = this.#input.value;
    const worth = text.trim().length >= 2 || /[\u3040-\u30ff\u3400-\u9fff]/.test(text);
    if (!worth || text.length > longest || text.includes("\n")) {
      this.close();
      return;
    }
    this.#timer = setTimeout(() => this.#ask(text), pause);
  }

  /** @param {string} text */
  async #ask(text) {
    this.#asking?.abort();
    const own = (this.#asking = new AbortController());
    const query = new URLSearchParams({ q: text, knowledgeBase: this.#query.knowledgeBase, language: this.#query.language, limit: "5" });
    try {
      const response = await fetch(`/api/suggestions?${query}`, { signal: own.signal });
      // Too many, or none to have: typing goes on without them.
      if (!response.ok) return;
      const { items } = await response.json();
      if (!own.signal.aborted && this.#input.value === text && document.activeElement === this.#input) this.#show(items);
    } catch {
      // Aborted by the next letter, or the server is away.
    }
  }

  /** @param {Suggestion[]} items */
  #show(items) {
    if (items.length === 0) {
      this.close();
      return;
    }
    this.#list.replaceChildren(...items.map((item, index) => {
      const option = make("li", "", ...marked(item.text, this.#input.value));
      option.id = `suggestion-${index}`;
      option.role = "option";
      option.dir = "auto";
      option.dataset.text = item.text;
      option.ariaSelected = "false";
      return option;
    }));
    this.#list.hidden = false;
    this.#activate(-1);
    this.#input.ariaExpanded = "true";
    this.#status.textContent = (this.#texts.suggestionCount ?? "").replace("{0}", String(items.length));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    // Before the list is open, and while a Chinese word is spelled, the keys are the text's.
    if (this.#list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const count = this.#list.children.length;
    const chosen = this.#list.children[this.#active];
    if (event.key === "ArrowDown") this.#activate(this.#active + 1 >= count ? -1 : this.#active + 1);
    else if (event.key === "ArrowUp") this.#activate(this.#active < 0 ? count - 1 : this.#active - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && !event.shiftKey && chosen instanceof HTMLElement) this.#choose(chosen);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** @param {number} index */
  #activate(index) {
    this.#list.children[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = index;
    const option = this.#list.children[index];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.#input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.#input.removeAttribute("aria-activedescendant");
    }
  }

  /** @param {Element} option */
  #choose(option) {
    const text = option.getAttribute("data-text") ?? "";
    this.close();
    this.#pick(text);
  }
}

/**
 * The text with the beginnings of words that were typed set apart.
 * @param {string} text
 * @param {string} typed
 * @returns {(Node | string)[]}
 */
function marked(text, typed) {
  const words = typed.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return text.split(/([^\p{L}\p{N}]+)/u).flatMap((part) => {
    const found = words.find((word) => part.toLowerCase().startsWith(word));
    return found ? [make("b", "", part.slice(0, found.length)), part.slice(found.length)] : [part];
  });
}
