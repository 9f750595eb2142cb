// Tries the rules on what was seen of the site while they are being written. Without a script there is a button for that.

export {};

const pause = 600;

const form = document.getElementById("rules");
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

  form.addEventListener("input", (event) => {
    // Before the first look there is nothing to try them on, and the address to explain is no rule.
    if (result.dataset.looked !== "true" || (event.target instanceof HTMLInputElement && event.target.type === "url")) return;
    clearTimeout(timer);
    timer = setTimeout(() => void tryRules(), pause);
  });

  async function tryRules() {
    asking?.abort();
    const current = (asking = new AbortController());
    const body = new FormData(form);
    body.set("Form.Do", "try");
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
