// The chat on another site's page: <script src="https://host/widget.js" data-kb="default" async></script>
// data-kb: knowledge base. data-lang: de, en, fr or zh; without it the page's language. data-theme: light or dark; without it the system's.
// data-color: of the button. Everything stands in a shadow tree and a frame: neither page's styles reach the other.
(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement) || document.querySelector("[data-chatbot-widget]")) return;
  const { kb, lang, theme, color } = script.dataset;
  const origin = new URL(script.src).origin;

  /** @type {Record<string, { open: string, close: string, title: string }>} */
  const names = {
    de: { open: "Chat öffnen", close: "Chat schließen", title: "Chat" },
    en: { open: "Open chat", close: "Close chat", title: "Chat" },
    fr: { open: "Ouvrir le chat", close: "Fermer le chat", title: "Chat" },
    zh: { open: "打开聊天", close: "关闭聊天", title: "聊天" },
  };
  const wanted = lang ?? document.documentElement.lang ?? navigator.language;
  const code = [wanted, navigator.language, "en"].map((tag) => (tag ?? "").slice(0, 2).toLowerCase()).find((tag) => tag in names) ?? "en";
  const words = names[code] ?? { open: "Chat", close: "Chat", title: "Chat" };

  const style = `
    :host { all: initial; --main: #0d6b6e; --on: #fff; }
    @media (prefers-color-scheme: dark) { :host { --main: #63c9c4; --on: #06282a; } }
    button { position: fixed; right: max(20px, env(safe-area-inset-right)); bottom: max(20px, env(safe-area-inset-bottom)); z-index: 2147483000;
      display: grid; place-items: center; width: 58px; height: 58px; padding: 0; border: 0; border-radius: 20px; background: var(--main); color: var(--on);
      box-shadow: 0 2px 6px rgb(0 0 0 / 18%), 0 10px 30px rgb(0 0 0 / 22%); cursor: pointer; transition: transform 140ms; }
    button:hover { transform: translateY(-2px); }
    button:focus-visible { outline: 3px solid var(--main); outline-offset: 3px; }
    svg { width: 28px; height: 28px; fill: none; stroke: currentColor; stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round; }
    iframe { position: fixed; right: max(20px, env(safe-area-inset-right)); bottom: 92px; z-index: 2147483001; width: min(420px, calc(100vw - 40px)); height: min(680px, calc(100vh - 120px));
      border: 0; border-radius: 18px; background: Canvas; box-shadow: 0 4px 12px rgb(0 0 0 / 14%), 0 20px 60px rgb(0 0 0 / 28%); color-scheme: light dark; }
    [hidden] { display: none; }
    @media (max-width: 520px) { iframe { inset: 0; width: 100%; height: 100%; border-radius: 0; } .open { display: none; } }
    @media (prefers-reduced-motion: reduce) { button { transition: none; } }`;

  const host = document.createElement("div");
  host.dataset.chatbotWidget = "";
  const shadow = host.attachShadow({ mode: "closed" });
  // A sheet that is built and not written into the page is allowed by strict policies of that page, too.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  shadow.adoptedStyleSheets = [sheet];

  const button = document.createElement("button");
  button.type = "button";
  if (color && CSS.supports("color", color)) button.style.background = color;
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  picture.append(path);
  button.append(picture);
  shadow.append(button);

  /** @type {HTMLIFrameElement | null} */
  let frame = null;

  /** @param {boolean} isOpen */
  function set(isOpen) {
    if (isOpen && !frame) {
      // Not before it is wanted: a page that nobody asks from loads nothing.
      const query = new URLSearchParams({ embed: "1", lang: code });
      if (kb) query.set("kb", kb);
      if (theme) query.set("theme", theme);
      frame = document.createElement("iframe");
      frame.src = `${origin}/?${query}`;
      frame.title = words.title;
      frame.allow = "clipboard-write";
      shadow.append(frame);
      frame.addEventListener("load", () => frame?.focus());
    }
    if (frame) frame.hidden = !isOpen;
    button.className = isOpen ? "open" : "";
    button.ariaExpanded = String(isOpen);
    button.ariaLabel = isOpen ? words.close : words.open;
    button.title = button.ariaLabel;
    path.setAttribute("d", isOpen ? "M6 9l6 6 6-6" : "M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5");
    if (isOpen) frame?.focus();
    else if (frame) button.focus();
  }

  button.addEventListener("click", () => set(!frame || frame.hidden));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && frame && !frame.hidden) set(false);
  });
  addEventListener("message", (event) => {
    if (event.origin === origin && event.source === frame?.contentWindow && event.data?.chatbot === "close") set(false);
  });

  set(false);
  const mount = () => document.body.append(host);
  if (document.body) mount();
  else addEventListener("DOMContentLoaded", mount);
})();
