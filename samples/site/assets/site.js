// The notice is on every page until the visitor has chosen; without JavaScript it stays below the text.
const banner = document.querySelector('.cookie-banner');
const key = 'lindenau-cookies';

if (localStorage.getItem(key)) {
  banner.hidden = true;
}

banner.addEventListener('click', event => {
  const choice = event.target.closest('[data-cookies]');
  if (choice) {
    localStorage.setItem(key, choice.dataset.cookies);
    banner.hidden = true;
  }
});
