// Shows what the model would be sent while a template is being written, once it was asked for. Without a script there is a button for that.

import { Trial } from "./trial.js";

const form = document.getElementById("prompt");
const result = document.getElementById("result");
if (form instanceof HTMLFormElement && result) watch(form, result);

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} result
 */
function watch(form, result) {
  const trial = new Trial(form, result, "preview", 700);
  let isWanted = result.childElementCount > 0;

  form.addEventListener("submit", (event) => {
    if (!(event.submitter instanceof HTMLButtonElement) || event.submitter.value !== "preview") return;
    event.preventDefault();
    isWanted = true;
    void trial.now();
  });

  form.addEventListener("input", (event) => {
    const field = event.target;
    if (isWanted && field instanceof HTMLElement && (field.id === "Text" || field.id === "Question")) trial.soon();
  });
}
