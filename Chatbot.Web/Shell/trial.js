// Shows beside a form what would become of it, while it is being written: the page's own answer to the form, of which the result is taken.

export class Trial {
  #form;
  #result;
  #action;
  #pause;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {AbortController | undefined} */
  #asking;

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLElement} result Has an id, and takes what the page has under it.
   * @param {string} action The value of the button that does the same without a script.
   * @param {number} pause Milliseconds without a change.
   */
  constructor(form, result, action, pause) {
    this.#form = form;
    this.#result = result;
    this.#action = action;
    this.#pause = pause;
  }

  /** Once nothing has changed for a while. */
  soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now(), this.#pause);
  }

  async now() {
    this.#asking?.abort();
    const current = (this.#asking = new AbortController());
    const body = new FormData(this.#form);
    body.set("Form.Do", this.#action);
    this.#result.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(this.#form.action, { method: "POST", body, signal: current.signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.getElementById(this.#result.id);
      if (fresh) this.#result.replaceChildren(...fresh.childNodes);
    } catch (error) {
      // Another change came, or the server is away: what stands there still says what it said.
      if (!current.signal.aborted) console.info(error);
    } finally {
      if (this.#asking === current) this.#result.removeAttribute("aria-busy");
    }
  }
}
