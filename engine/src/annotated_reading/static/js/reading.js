// What the pages of a reading do beyond HTML and CSS: a register to search, lists to filter, questions to answer.
// Everything is there without this script.

// What a reader asks of a page is in its address, so that a link to it, or the way back, asks the same.
function askedOf(name) {
  return new URLSearchParams(location.search).get(name) ?? "";
}

function ask(name, value) {
  const query = new URLSearchParams(location.search);
  if (value) query.set(name, value);
  else query.delete(name);
  try {
    history.replaceState(history.state, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
  } catch {
    // A frame without an origin of its own keeps its address.
  }
}

// Words as they are compared: whatever their quotes and dashes are, and however their Hangul is composed.
function plain(words) {
  return words.normalize("NFKC").toLowerCase().replace(/[\u2018\u2019\u201b\u2032]/g, "'").replace(/[\u201c-\u201f\u2033]/g, '"').replace(/[\u2010-\u2015\u2212]/g, "-");
}

function wordsOf(text) {
  return plain(text).split(/\s+/).filter(Boolean);
}

// A box that asks for words; what is found is told below.
class Words {
  constructor(show) {
    this.search = document.createElement("input");
    this.search.type = "search";
    this.search.value = askedOf("q");
    this.search.addEventListener("input", () => {
      ask("q", this.search.value);
      show();
    });
    this.controls = document.createElement("form");
    this.controls.className = "register-controls";
    this.controls.setAttribute("role", "search");
    this.controls.setAttribute("aria-label", say("On this page"));
    this.controls.addEventListener("submit", (event) => event.preventDefault());
    this.count = document.createElement("p");
    this.count.className = "register-count";
    this.count.setAttribute("role", "status");
    this.controls.append(labelled(say("Search"), this.search), this.count);
  }

  get asked() {
    return wordsOf(this.search.value);
  }
}

function labelled(name, control) {
  const label = document.createElement("label");
  label.append(name, control);
  control.setAttribute("aria-label", name); // without the options, which a label around them would add
  return label;
}

class Register {
  constructor(table) {
    this.body = table.tBodies[0];
    this.headers = [...table.tHead.rows[0].cells];
    this.columns = this.headers.map((header) => header.dataset.column);
    this.rows = [...this.body.rows].map((row, place) => this.read(row, place));
    this.filters = new Map();
    this.words = new Words(() => this.show());
    this.order = document.createElement("select");
    this.headers.forEach((header, column) => this.addColumn(header, column));
    this.order.addEventListener("change", () => this.sort(this.order.value));
    this.words.count.before(labelled(say("Sort by"), this.order));
    (table.closest("[data-scroll]") ?? table).before(this.words.controls);
    this.sort(askedOf("sort") || this.columns[0]);
    this.show();
  }

  // A row with what is asked of it, read once: its words, and of each column its text and its values. What became of a
  // claim is looked for by the filter, not by words.
  read(row, place) {
    const texts = [...row.cells].map((cell) => cell.textContent.trim());
    const values = [...row.cells].map((cell, column) => {
      const several = [...cell.querySelectorAll("[data-value]")];
      return several.length ? several.map((value) => value.dataset.value) : [texts[column]];
    });
    const words = plain(texts.filter((_, column) => this.columns[column] !== "verdict").join(" "));
    return { row, place, texts, values, words };
  }

  // By their `data-column`.
  static FILTERED = ["section", "kind", "holder", "issue", "verdict"];

  addColumn(header, column) {
    const key = this.columns[column];
    const name = header.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () =>
      this.sort(header.getAttribute("aria-sort") === "ascending" ? `-${key}` : key),
    );
    header.replaceChildren(button);
    this.order.append(new Option(name, key));
    if (!Register.FILTERED.includes(key)) return;
    const values = [...new Set(this.rows.flatMap((row) => row.values[column]))];
    if (key !== "section") values.sort((a, b) => a.localeCompare(b));
    const select = document.createElement("select");
    select.append(new Option(say("all"), ""), ...values.filter(Boolean).map((value) => new Option(value)));
    select.value = askedOf(key);
    if (select.selectedIndex < 0) select.value = "";
    select.addEventListener("change", () => {
      ask(key, select.value);
      this.show();
    });
    this.filters.set(column, select);
    const label = labelled(name, select);
    label.dataset.column = key;
    this.words.count.before(label);
  }

  show() {
    const { asked, count } = this.words;
    const filters = [...this.filters].filter(([, select]) => select.value);
    let shown = 0;
    for (const { row, words, values } of this.rows) {
      const kept =
        asked.every((word) => words.includes(word)) &&
        filters.every(([column, select]) => values[column].includes(select.value));
      if (row.hidden === kept) row.hidden = !kept;
      if (kept) shown += 1;
    }
    count.textContent = say("{n} of {all} claims", { n: shown, all: this.rows.length });
  }

  // By the name of a column, after a minus from its end; by address means in the order of the text.
  sort(asked) {
    const down = asked.startsWith("-");
    const column = Math.max(this.columns.indexOf(asked.replace("-", "")), 0);
    ask("sort", asked === this.columns[0] ? "" : asked);
    this.order.value = this.columns[column];
    for (const header of this.headers) header.removeAttribute("aria-sort");
    this.headers[column].setAttribute("aria-sort", down ? "descending" : "ascending");
    const { compare } = new Intl.Collator(document.documentElement.lang);
    const order = (a, b) => (column && compare(a.texts[column], b.texts[column])) || a.place - b.place;
    this.rows.sort((a, b) => (down ? order(b, a) : order(a, b)));
    this.body.append(...this.rows.map(({ row }) => row));
  }
}

// One box for all entries of a page that can be looked for.
function filterEntries(found) {
  if (!found.length) return;
  const entries = found.map((entry) => [entry, plain(entry.textContent)]);
  const show = () => {
    const { asked, count } = words;
    let shown = 0;
    for (const [entry, text] of entries) {
      entry.hidden = !asked.every((word) => text.includes(word));
      if (!entry.hidden) shown += 1;
    }
    count.textContent = say("{n} of {all} entries", { n: shown, all: entries.length });
  };
  const words = new Words(show);
  document.querySelector("h1").after(words.controls);
  show();
}

// Questions that a reader answers here. Nothing is kept, and nothing is sent.
class SelfCheck {
  constructor(list, first) {
    this.score = document.createElement("p");
    this.score.setAttribute("role", "status");
    list.after(this.score);
    this.questions = [...list.children].map((item, place) => new Question(item, `${first}-${place}`, () => this.tell()));
  }

  // Only the first answer to a question counts.
  tell() {
    const answered = this.questions.filter((question) => question.first !== undefined);
    const right = answered.filter((question) => question.first === question.right);
    this.score.textContent = say("{right} right at the first try, of {answered} answered and {asked} asked.", {
      right: right.length,
      answered: answered.length,
      asked: this.questions.length,
    });
  }
}

class Question {
  constructor(item, number, told) {
    this.told = told;
    const [asked, options, right, reason] = ["asked", "options", "right", "reason"].map((part) =>
      item.querySelector(`[data-${part}]`),
    );
    this.right = right.textContent;
    this.reason = [...reason.childNodes];
    this.form = document.createElement("form");
    // The question is a paragraph and no legend, beside which the number of the list would not stand.
    const group = document.createElement("fieldset");
    asked.id = `asked-${number}`;
    group.setAttribute("aria-labelledby", asked.id);
    group.append(...[...options.children].map((option) => this.choice(option.textContent.trim(), number)));
    const button = document.createElement("button");
    button.textContent = say("Check");
    this.result = document.createElement("p");
    this.result.setAttribute("role", "status");
    this.form.append(asked.parentElement, group, button, this.result);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.tell();
    });
    item.replaceChildren(this.form);
  }

  choice(words, number) {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = `check-${number}`;
    radio.value = words;
    label.append(radio, " ", words);
    return label;
  }

  tell() {
    const chosen = this.form.querySelector("input:checked");
    if (!chosen) {
      this.result.replaceChildren(say("Choose an answer first."));
      return;
    }
    this.first ??= chosen.value;
    this.result.replaceChildren(chosen.value === this.right ? say("Right.") : say("Not so."), " ", ...this.reason);
    this.told();
  }
}

filterEntries([...document.querySelectorAll("[data-filtered]")]);
document.querySelectorAll("[data-table=register]").forEach((table) => new Register(table));
document.querySelectorAll("[data-self-check]").forEach((list, number) => new SelfCheck(list, number + 1));
