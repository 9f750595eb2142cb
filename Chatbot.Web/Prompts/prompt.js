// Shows what the model would be sent while a template is being written, once it was asked for. Without a script there is a button for that.

export {};

const pause = 700;

const form = document.getElementById("prompt");
const result = document.getElementById("result");
if (form instanceof HTMLFormElement && result) watch(form, result);

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} result
 */
function watch(form, result) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {AbortController | undefined} */
  let asking;
  let isWanted = result.childElementCount > 0;

  form.addEventListener("submit", (event) => {
    if (!(event.submitter instanceof HTMLButtonElement) || event.submitter.value !== "preview") return;
    event.preventDefault();
    isWanted = true;
    void show();
  });

  form.addEventListener("input", (event) => {
    const field = event.target;
    if (!isWanted || !(field instanceof HTMLElement) || (field.id !== "Text" && field.id !== "Question")) return;
    clearTimeout(timer);
    timer = setTimeout(() => void show(), pause);
  });

  async function show() {
    asking?.abort();
    const current = (asking = new AbortController());
    const body = new FormData(form);
    body.set("Form.Do", "preview");
    result.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(form.action, { method: "POST", body, signal: current.signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.getElementById("result");
      if (fresh) result.replaceChildren(...fresh.childNodes);
    } catch (error) {
      // Another change came, or the server is away: what stands there still says what it said.
      if (!current.signal.aborted) console.info(error);
    } finally {
      if (asking === current) result.removeAttribute("aria-busy");
    }
  }
}
