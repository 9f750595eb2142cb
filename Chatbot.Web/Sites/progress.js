/**
 * @typedef {{ state: string, message?: string | null, startedAt?: string | null, counters: Record<string, number> }} Run
 */

const box = document.getElementById("progress");
if (box?.dataset.events) follow(box, box.dataset.events);

/**
 * Shows a crawl as it goes, until it is done.
 * @param {HTMLElement} box
 * @param {string} address
 */
function follow(box, address) {
  const numbers = new Intl.NumberFormat(box.dataset.language);
  /** @type {Record<string, string>} */
  const states = JSON.parse(box.dataset.states ?? "{}");
  let started = Number(box.dataset.started);
  const ticking = setInterval(() => put("[data-elapsed]", duration(Date.now() - started)), 1000);
  const events = new EventSource(address);

  events.addEventListener("progress", (event) => show(event, false));
  events.addEventListener("done", (event) => {
    show(event, true);
    events.close();
    clearInterval(ticking);
    // What stands on the page besides (buttons, history) is made anew.
    location.reload();
  });
  // The browser connects again by itself, unless the server refused; then the page tells why.
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
  });

  /**
   * @param {MessageEvent<string>} event
   * @param {boolean} isDone
   */
  function show(event, isDone) {
    /** @type {{ run: Run, documentsWaiting?: number }} */
    const { run, documentsWaiting } = JSON.parse(event.data);
    if (run.startedAt) started = Date.parse(run.startedAt);
    for (const [key, value] of Object.entries(run.counters)) put(`[data-value="${CSS.escape(key)}"]`, numbers.format(value));
    draw(run.counters);
    const badge = box.querySelector("[data-state]");
    if (badge) {
      badge.className = `badge ${run.state}`;
      badge.textContent = states[run.state] ?? run.state;
    }
    const row = box.querySelector("[data-waiting-row]");
    if (row instanceof HTMLElement && documentsWaiting !== undefined) {
      row.hidden = false;
      put("[data-waiting]", numbers.format(documentsWaiting));
    }
    if (isDone) put("[data-announce]", states[run.state] ?? run.state);
  }

  /** @param {Record<string, number>} counters */
  function draw(counters) {
    const parts = [...box.querySelectorAll("rect[data-part]")];
    const valueOf = (/** @type {Element} */ part) => counters[part.getAttribute("data-part") ?? ""] ?? 0;
    const total = parts.reduce((sum, part) => sum + valueOf(part), 0);
    let left = 0;
    for (const part of parts) {
      const width = total === 0 ? 0 : (valueOf(part) * 1000) / total;
      part.setAttribute("x", left.toFixed(2));
      part.setAttribute("width", width.toFixed(2));
      left += width;
    }
  }

  /**
   * @param {string} selector
   * @param {string} text
   */
  function put(selector, text) {
    const element = box.querySelector(selector);
    if (element && element.textContent !== text) element.textContent = text;
  }
}

/** @param {number} milliseconds */
function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (parts[0] === 0) parts.shift();
  return parts.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}
