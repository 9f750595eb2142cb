// Everything on this page comes from a data file: the served HTML has no text of its own.
const app = document.getElementById('app');

function add(parent, name, text) {
  const element = document.createElement(name);
  if (text !== undefined) {
    element.textContent = text;
  }
  parent.append(element);
  return element;
}

function addTable(parent, caption, head, rows) {
  const frame = add(parent, 'div');
  frame.className = 'table-scroll';
  const table = add(frame, 'table');
  add(table, 'caption', caption);
  const headRow = add(add(table, 'thead'), 'tr');
  for (const title of head) {
    add(headRow, 'th', title).scope = 'col';
  }
  const body = add(table, 'tbody');
  for (const cells of rows) {
    const row = add(body, 'tr');
    cells.forEach((cell, index) => {
      const element = add(row, index === 0 ? 'th' : 'td', cell);
      if (index === 0) {
        element.scope = 'row';
      }
    });
  }
}

function show(data) {
  add(app, 'h1', 'Auslastung und Kursplan');
  add(app, 'p', data.einleitung).className = 'lead';

  add(app, 'h2', 'Gerade jetzt');
  const gauges = add(app, 'div');
  gauges.className = 'gauges';
  for (const wert of data.werte) {
    const box = add(gauges, 'p');
    add(box, 'strong', wert.wert);
    box.append(wert.was);
  }
  add(app, 'p', `Stand: ${data.stand}`).className = 'meta';

  add(app, 'h2', 'Freie Bahnen');
  addTable(app, 'Bahnen im 25-Meter-Becken', ['Zeit', 'Für alle', 'Belegt durch'],
    data.bahnen.map(bahn => [bahn.zeit, bahn.frei, bahn.belegt]));

  add(app, 'h2', 'Kurse');
  addTable(app, 'Kurse in dieser Woche', ['Kurs', 'Wann', 'Leitung', 'Preis'],
    data.kurse.map(kurs => [kurs.name, kurs.wann, kurs.leitung, kurs.preis]));

  add(app, 'h2', 'Hinweise');
  const hints = add(app, 'ul');
  for (const hinweis of data.hinweise) {
    add(hints, 'li', hinweis);
  }
}

fetch(app.dataset.quelle)
  .then(response => {
    if (!response.ok) {
      throw new Error(`Status ${response.status}`);
    }
    return response.json();
  })
  .then(show)
  .catch(() => add(app, 'p', 'Die Daten sind gerade nicht erreichbar. Die Kasse hilft unter 030 23125-520.'));
