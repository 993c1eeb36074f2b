"use strict";
/* Filters, sorting, links and CSV of the report. All data stands in the page; nothing is fetched or stored. */
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (selector) => document.querySelector(selector);
  const data = JSON.parse(one("#data").textContent);
  const { statements, contrasts, matrix } = data;
  const SEPARATOR = " | ";

  document.body.classList.add("js");
  const filters = one("#filters");
  filters.hidden = false;

  /* A table's column by its name, for each row. */
  const column = (table, name) => {
    const index = table.columns.indexOf(name);
    return table.rows.map((row) => row[index]);
  };
  const both = (name) => {
    const a = column(contrasts, "a_" + name), b = column(contrasts, "b_" + name);
    return a.map((value, i) => [value, b[i]]);
  };
  const said = ["speaker", "side", "document", "date", "topic", "cue", "text", "confidence", "id"]
    .reduce((found, name) => ({ ...found, [name]: column(statements, name) }), {});
  const opposed = { speaker: both("speaker"), side: both("side"), kind: column(contrasts, "kind"), strength: column(contrasts, "strength"),
    scope: column(contrasts, "scope"), topic: column(contrasts, "topic") };
  const documentOf = new Map(said.id.map((id, i) => [id, said.document[i]]));
  opposed.document = both("statements").map((pair) => pair.flatMap((ids) => ids.split(SEPARATOR)).map((id) => documentOf.get(id)));
  opposed.date = both("date").map((pair) => pair.flatMap((dates) => dates.split(SEPARATOR)).filter(Boolean));
  const plain = (text) => text.toLowerCase().replace(/[“”„«»]/g, '"').replace(/[‘’]/g, "'").replace(/\s+/g, " ");
  let haystacks = null;
  const words = (table, i) => {
    haystacks = haystacks || { statements: statements.rows.map((r) => plain(r.join(" "))), contrasts: contrasts.rows.map((r) => plain(r.join(" "))) };
    return haystacks[table][i];
  };

  /* Elements in the order of the data. */
  const by = (selector, name) => { const list = []; all(selector).forEach((e) => { list[+e.dataset[name]] = e; }); return list; };
  const rows = by("tr[data-i]", "i"), cards = by("details[data-c]", "c"), lines = by("tr[data-m]", "m"), articles = by("article[data-d]", "d");
  const pieces = all("[data-s]").map((e) => [e, e.dataset.s.split(" ").map((n) => n - 1)]);
  const entries = all("[data-t]").map((e) => [e, e.dataset.t - 1]);
  const shown = { statements: [], contrasts: [], matrix: [] };

  const settings = () => {
    const made = {};
    all("select, input", filters).forEach((field) => { made[field.name] = field.value; });
    made.search = plain(made.search || "").trim();
    return made;
  };
  const within = (date, want) => (!want.from && !want.to) || (date && (!want.from || date >= want.from) && (!want.to || date <= want.to));

  const contrastFits = (i, want) =>
    (!want.speaker || opposed.speaker[i].includes(want.speaker)) && (!want.side || opposed.side[i].includes(want.side)) &&
    (!want.kind || opposed.kind[i] === want.kind) && (!want.strength || opposed.strength[i] === want.strength) &&
    (!want.scope || opposed.scope[i] === want.scope) && (!want.document || opposed.document[i].includes(want.document)) &&
    ((!want.from && !want.to) || opposed.date[i].some((date) => within(date, want))) &&
    (!want.search || words("contrasts", i).includes(want.search));
  const statementFits = (i, want) =>
    (!want.speaker || said.speaker[i] === want.speaker) && (!want.side || said.side[i] === want.side) &&
    (!want.document || said.document[i] === want.document) && within(said.date[i], want) &&
    (!(want.kind || want.strength || want.scope) || statements.contrasts[i].some((n) => (!want.kind || opposed.kind[n - 1] === want.kind) &&
      (!want.strength || opposed.strength[n - 1] === want.strength) && (!want.scope || opposed.scope[n - 1] === want.scope))) &&
    (!want.search || words("statements", i).includes(want.search));

  const apply = () => {
    const want = settings();
    const on = { statements: rows.map((_, i) => statementFits(i, want)), contrasts: cards.map((_, i) => contrastFits(i, want)) };
    on.matrix = lines.map((_, i) => matrix.contrasts[i].some((n) => on.contrasts[n - 1]));
    [[rows, on.statements], [cards, on.contrasts], [lines, on.matrix]].forEach(([list, fits]) => list.forEach((e, i) => { e.hidden = !fits[i]; }));
    pieces.forEach(([e, numbers]) => e.classList.toggle("off", !numbers.some((n) => on.statements[n])));
    entries.forEach(([e, n]) => { e.hidden = !on.statements[n]; });
    const options = all("select[name=document] option").slice(1).map((o) => o.value);
    articles.forEach((e, i) => { e.hidden = Boolean(want.document) && options[i] !== want.document; });
    shown.statements = on.statements; shown.contrasts = on.contrasts; shown.matrix = on.matrix;
    const count = (list) => list.filter(Boolean).length + " of " + list.length;
    one("#shown").textContent = `Shown: ${count(on.statements)} statements, ${count(on.contrasts)} contrasts.`;
  };
  const reset = () => { all("select, input", filters).forEach((field) => { field.value = ""; }); apply(); };
  filters.addEventListener("input", apply);
  one("#reset").addEventListener("click", reset);

  /* Sorting moves the rows; a download follows their order. */
  const order = (list, key, down) => list.map((e, i) => [key(i), i, e]).sort((a, b) => {
    const less = typeof a[0] === "number" ? a[0] - b[0] : a[0].localeCompare(b[0], "en");
    return (down ? -less : less) || a[1] - b[1];
  });
  all("th[data-sort]").forEach((head) => {
    const name = head.dataset.sort;
    const key = name === "number" ? (i) => i : name === "confidence" ? (i) => +said.confidence[i] : (i) => said[name][i];
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      all("th[data-sort]").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      one(".list tbody").append(...order(rows, key, down).map((entry) => entry[2]));
    });
  });
  const sort = one("#sort");
  if (sort) sort.addEventListener("change", () => {
    const key = { topic: (i) => opposed.topic[i], kind: (i) => opposed.kind[i], date: (i) => opposed.date[i].slice().sort()[0] || "9",
      strength: (i) => opposed.strength[i] === "contradicts" ? 0 : 1 }[sort.value] || ((i) => i);
    one("#cards").append(...order(cards, key, false).map((entry) => entry[2]));
  });

  /* CSV as the command writes it (RFC 4180). */
  const cell = (text) => /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  const csv = (table, indices) => [table.columns, ...indices.map((i) => table.rows[i])]
    .map((row) => (row.length === 1 && row[0] === "" ? '""' : row.map(cell).join(",")) + "\r\n").join("");
  const inOrder = (name) => {
    const [selector, key] = { statements: ["tr[data-i]", "i"], contrasts: ["details[data-c]", "c"], matrix: ["tr[data-m]", "m"] }[name];
    return all(selector).map((e) => +e.dataset[key]).filter((i) => shown[name][i]);
  };
  all("[data-csv]").forEach((button) => button.addEventListener("click", () => {
    const name = button.dataset.csv;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv(data[name], inOrder(name))], { type: "text/csv;charset=utf-8" }));
    link.download = name + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }));

  /* A link opens what it leads to, and filters never hide it. */
  const follow = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) reset();
    if (target.tagName === "DETAILS") {
      target.open = true;
      target.querySelector("summary").focus({ preventScroll: true });
    } else if (target.matches("tr")) {
      target.querySelector("a").focus({ preventScroll: true });
    } else {
      target.focus({ preventScroll: true });
    }
    target.scrollIntoView({ block: target.matches("tr, .n") ? "center" : "start" });
  };
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) follow();
  });
  const setAll = (open) => cards.forEach((card) => { card.open = open; });
  [["#open", true], ["#close", false]].forEach(([id, open]) => { const b = one(id); if (b) b.addEventListener("click", () => setAll(open)); });
  let before = null;
  addEventListener("beforeprint", () => { before = cards.map((card) => card.open); setAll(true); });
  addEventListener("afterprint", () => { if (before) cards.forEach((card, i) => { card.open = before[i]; }); });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      one("input[name=search]").focus();
    } else if (event.key === "Escape" && typing && event.target.name === "search") {
      event.target.value = "";
      apply();
    }
  });
  apply();
  follow();
})();
