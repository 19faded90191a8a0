// What the pages of a reading do beyond HTML and CSS: a register to search, questions to answer.
// Everything is there without this script.

class Register {
  constructor(table) {
    this.body = table.tBodies[0];
    this.rows = [...this.body.rows];
    this.places = new Map(this.rows.map((row, place) => [row, place]));
    this.headers = [...table.tHead.rows[0].cells];
    this.filters = new Map();
    this.controls = document.createElement("form");
    this.controls.className = "register-controls";
    this.controls.addEventListener("submit", (event) => event.preventDefault());
    this.search = document.createElement("input");
    this.search.type = "search";
    this.search.value = new URLSearchParams(location.search).get("q") ?? "";
    this.search.addEventListener("input", () => this.show());
    this.controls.append(this.labelled("Search", this.search));
    this.order = document.createElement("select");
    this.headers.forEach((header, column) => this.addColumn(header, column));
    this.order.addEventListener("change", () => this.sort(Number(this.order.value), false));
    this.controls.append(this.labelled("Sort by", this.order));
    this.count = document.createElement("p");
    this.count.className = "register-count";
    this.count.setAttribute("role", "status");
    this.controls.append(this.count);
    (table.closest("[data-scroll]") ?? table).before(this.controls);
    this.show();
  }

  // By their `data-column`.
  static FILTERED = ["section", "kind", "holder", "issue", "verdict"];

  addColumn(header, column) {
    const name = header.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => this.sort(column));
    header.replaceChildren(button);
    this.order.append(new Option(name, column));
    if (!Register.FILTERED.includes(header.dataset.column)) return;
    const values = [...new Set(this.rows.flatMap((row) => this.values(row, column)))];
    if (header.dataset.column !== "section") values.sort((a, b) => a.localeCompare(b));
    const select = document.createElement("select");
    select.append(new Option("all", ""), ...values.filter(Boolean).map((value) => new Option(value)));
    select.addEventListener("change", () => this.show());
    this.filters.set(column, select);
    this.controls.append(this.labelled(name, select));
  }

  labelled(name, control) {
    const label = document.createElement("label");
    label.append(name, control);
    control.setAttribute("aria-label", name); // without the options, which a label around them would add
    return label;
  }

  cell(row, column) {
    return row.cells[column].textContent.trim();
  }

  // What a filter knows of a cell: its text, or where it holds several values, each of them.
  values(row, column) {
    const several = [...row.cells[column].querySelectorAll("[data-value]")];
    return several.length ? several.map((value) => value.dataset.value) : [this.cell(row, column)];
  }

  show() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of this.rows) {
      const text = row.textContent.toLowerCase();
      const kept =
        words.every((word) => text.includes(word)) &&
        [...this.filters].every(([column, select]) => !select.value || this.values(row, column).includes(select.value));
      row.hidden = !kept;
      if (kept) shown += 1;
    }
    this.count.textContent = `${shown} of ${this.rows.length} claims`;
  }

  sort(column, reverse = true) {
    const header = this.headers[column];
    const down = reverse && header.getAttribute("aria-sort") === "ascending";
    this.order.value = column;
    for (const other of this.headers) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    // By address means in the order of the text, which is the order in which the rows came.
    const order = (a, b) =>
      (header.dataset.column === "claim" ? 0 : this.cell(a, column).localeCompare(this.cell(b, column))) ||
      this.places.get(a) - this.places.get(b);
    this.body.append(...[...this.rows].sort((a, b) => (down ? order(b, a) : order(a, b))));
  }
}

// A question that a reader answers here. Nothing is kept, and nothing is sent.
class Question {
  constructor(item, number) {
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
    button.textContent = "Check";
    this.result = document.createElement("p");
    this.result.setAttribute("role", "status");
    this.form.append(asked, group, button, this.result);
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
    if (!chosen) this.result.replaceChildren("Choose an answer first.");
    else this.result.replaceChildren(chosen.value === this.right ? "Right. " : "Not so. ", ...this.reason);
  }
}

document.querySelectorAll("[data-table=register]").forEach((table) => new Register(table));
document.querySelectorAll("[data-question]").forEach((item, number) => new Question(item, number + 1));
