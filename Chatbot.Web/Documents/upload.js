// Sends files one by one, with progress, and follows each until searches find it. Without a script the form sends them all at once.

export {};

/**
 * @typedef {{ name: string, outcome: string, documentId?: string, reason?: string, detail?: string }} UploadedFile
 * @typedef {{ id: string, status: string, error?: string }} Followed
 */

const atOnce = 2;
const followedAtOnce = 200;
const pause = 1000;

const form = document.getElementById("upload");
const section = document.getElementById("uploaded");
const list = section?.querySelector("ul");
if (form instanceof HTMLFormElement && section && list) start(form, section, list);

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} section
 * @param {HTMLUListElement} list
 */
function start(form, section, list) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input[type=file]"));
  const drop = /** @type {HTMLElement} */ (form.querySelector("[data-drop]"));
  /** @type {Record<string, string>} */
  const texts = JSON.parse(form.dataset.texts ?? "{}");
  /** @type {Record<string, string>} */
  const rejects = JSON.parse(form.dataset.rejects ?? "{}");
  /** @type {Record<string, string>} */
  const outcomes = JSON.parse(form.dataset.outcomes ?? "{}");
  /** @type {Record<string, string>} */
  const states = JSON.parse(form.dataset.states ?? "{}");
  /** @type {{ file: File, row: HTMLLIElement, badge: HTMLElement, bar: HTMLProgressElement, name: HTMLElement }[]} */
  const waiting = [];
  /** Rows of documents that ingestion is not through with. @type {Map<string, { name: HTMLElement, badge: HTMLElement }>} */
  const pending = new Map();
  let [sending, sent, chosen, isFollowing] = [0, 0, 0, false];

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    add(input.files ?? []);
    input.value = "";
  });
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    add(event.dataTransfer?.files ?? []);
  });

  /** @param {Iterable<File>} files */
  function add(files) {
    for (const file of files) {
      const name = make("div", "upload-name break", file.name);
      const bar = make("progress");
      bar.max = 1;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      const badge = make("span", "badge queued", texts.waiting ?? "");
      const row = make("li", "", name, bar, badge);
      list.append(row);
      waiting.push({ file, row, badge, bar, name });
      chosen++;
    }
    section.hidden = list.childElementCount === 0;
    next();
  }

  function next() {
    while (sending < atOnce && waiting.length > 0) {
      const one = waiting.shift();
      if (!one) return;
      sending++;
      send(one).finally(() => {
        sending--;
        sent++;
        announce();
        next();
      });
    }
  }

  function announce() {
    const status = section.querySelector("[data-announce]");
    if (status) status.textContent = (texts.progress ?? "").replace("{0}", String(sent)).replace("{1}", String(chosen));
  }

  /**
   * @param {{ file: File, row: HTMLLIElement, badge: HTMLElement, bar: HTMLProgressElement, name: HTMLElement }} one
   * @returns {Promise<void>}
   */
  function send({ file, row, badge, bar, name }) {
    return new Promise((resolve) => {
      // fetch cannot say how much of a body was sent.
      const request = new XMLHttpRequest();
      const chosenBase = form.querySelector("select")?.value;
      const body = new FormData();
      body.append("files", file);
      request.open("POST", "/api/documents" + (chosenBase ? `?knowledgeBase=${encodeURIComponent(chosenBase)}` : ""));
      request.setRequestHeader("X-Requested-With", "fetch");
      put(badge, "running", texts.sending ?? "");
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) bar.value = event.loaded / event.total;
      });
      request.upload.addEventListener("load", () => {
        bar.removeAttribute("value");
        put(badge, "running", texts.checking ?? "");
      });
      request.addEventListener("loadend", () => {
        bar.remove();
        const reply = read(request);
        if (Array.isArray(reply?.files)) showAll(row, name, badge, reply.files);
        else {
          put(badge, "failed", outcomes.rejected ?? "");
          name.append(make("span", "small bad", reply?.detail ?? texts.lost ?? ""));
        }
        resolve();
      });
      request.send(body);
    });
  }

  /** @param {XMLHttpRequest} request */
  function read(request) {
    try {
      return JSON.parse(request.responseText);
    } catch {
      return null;
    }
  }

  /**
   * An archive becomes a row for each of its files.
   * @param {HTMLLIElement} row
   * @param {HTMLElement} name
   * @param {HTMLElement} badge
   * @param {UploadedFile[]} files
   */
  function showAll(row, name, badge, files) {
    const [first, ...more] = files;
    if (!first) return;
    let last = row;
    show(first, name, badge);
    for (const file of more) {
      const [otherName, otherBadge] = [make("div", "upload-name break"), make("span", "badge")];
      const other = make("li", "", otherName, otherBadge);
      show(file, otherName, otherBadge);
      last.after(other);
      last = other;
    }
    follow();
  }

  /**
   * @param {UploadedFile} file
   * @param {HTMLElement} name
   * @param {HTMLElement} badge
   */
  function show(file, name, badge) {
    name.textContent = "";
    if (!file.documentId) {
      name.append(file.name);
      const why = (file.reason && rejects[file.reason]) ?? file.detail ?? "";
      name.append(make("span", "small bad", file.reason === "infected" ? `${why} ${file.detail ?? ""}` : why));
      put(badge, "failed", outcomes[file.outcome] ?? file.outcome);
      return;
    }
    const link = make("a", "", file.name);
    link.href = `/admin/documents/${encodeURIComponent(file.documentId)}`;
    name.append(link, make("span", "small muted", outcomes[file.outcome] ?? ""));
    put(badge, "pending", states.pending ?? "");
    pending.set(file.documentId, { name, badge });
  }

  async function follow() {
    if (isFollowing) return;
    isFollowing = true;
    while (pending.size > 0) {
      const ids = [...pending.keys()].slice(0, followedAtOnce);
      try {
        const response = await fetch(`/api/documents?limit=${ids.length}&ids=${ids.map(encodeURIComponent).join(",")}`);
        // Signed out, or none of them is there any longer: nothing more will come.
        if (response.status === 401 || response.status === 403) break;
        if (response.ok) settle(ids, (await response.json()).items);
      } catch {
        // The server restarts, perhaps: asked again.
      }
      if (pending.size > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    }
    isFollowing = false;
  }

  /**
   * @param {string[]} asked
   * @param {Followed[]} found
   */
  function settle(asked, found) {
    const known = new Map(found.map((document) => [document.id, document]));
    for (const id of asked) {
      const row = pending.get(id);
      const document = known.get(id);
      if (!row || document?.status === "pending") continue;
      pending.delete(id);
      put(row.badge, document?.status ?? "gone", states[document?.status ?? "gone"] ?? "");
      if (document?.error) row.name.append(make("span", "small bad", document.error));
    }
  }

  /**
   * @param {HTMLElement} badge
   * @param {string} state
   * @param {string} text
   */
  function put(badge, state, text) {
    badge.className = `badge ${state}`;
    badge.textContent = text;
  }
}

/**
 * Makes an element with text or children in it. Names of files are strangers' text: never markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} [className]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
function make(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}
