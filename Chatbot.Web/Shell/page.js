// What every page gains from a script; each of these works without it.

for (const element of document.querySelectorAll("[data-autosubmit]")) {
  element.addEventListener("change", () => element.closest("form")?.submit());
}

for (const link of document.querySelectorAll("[data-theme-to]")) {
  link.addEventListener("click", (event) => {
    const theme = link.getAttribute("data-theme-to");
    if (!theme) return;
    event.preventDefault();
    document.documentElement.dataset.theme = theme;
    document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
    const other = document.querySelector(`[data-theme-to]:not([data-theme-to="${theme}"])`);
    if (other instanceof HTMLElement) other.focus();
  });
}

// On a phone the menu is a row that scrolls.
document.querySelector('nav [aria-current="page"]')?.scrollIntoView({ block: "nearest", inline: "center" });

const times = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
for (const element of document.querySelectorAll("time[data-local]")) {
  if (!(element instanceof HTMLTimeElement)) continue;
  element.title = element.textContent ?? "";
  element.textContent = times.format(new Date(element.dateTime));
}
