// Tries the rules on what was seen of the site while they are being written. Without a script there is a button for that.

import { Trial } from "./trial.js";

const form = document.getElementById("rules");
const result = document.getElementById("result");
if (form instanceof HTMLFormElement && result) watch(form, result);

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} result
 */
function watch(form, result) {
  const trial = new Trial(form, result, "try", 600);

  form.addEventListener("input", (event) => {
    // Before the first look there is nothing to try them on, and the address to explain is no rule.
    if (result.dataset.looked !== "true" || (event.target instanceof HTMLInputElement && event.target.type === "url")) return;
    trial.soon();
  });
}
