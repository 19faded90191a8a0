// Looks words, numbers and addresses up in the records of the book, on the page that searches, and marks on any other page
// the words by which it was found. MiniSearch makes the index here, once somebody searches. Nothing is kept.

"use strict";

(() => {
  const say = globalThis.annotatedReadingSay;
  const STATIC = document.currentScript.src;
  const HIGHEST = 30; // results that are shown
  const LONG = ["prose", "hindsight"];
  const FEW = 3; // results with all words, below which those with any are added
  const EXCERPT = 240; // characters of a long text that are
  const WEIGHTS = { claim: 1.5, event: 1.2, term: 0.8, prose: 0.5, hindsight: 0.5 };
  const KINDS = {
    claim: say("claim"),
    event: say("event"),
    person: say("person"),
    body: say("body"),
    group: say("group"),
    medium: say("medium"),
    agreement: say("agreement"),
    figure: say("figure"),
    table: say("table"),
    "data set": say("data set"),
    term: say("term"),
    prose: say("prose"),
    hindsight: say("hindsight"),
  };
  const UNSAID = new Set(
    `a about after all also an and any are as at be been but by can could did do does for from had has have he her his how
    i if in into is it its me more most much my no not of on or our out say said says she should so some than that the
    their them then there these they this to too was we were what when where which while who whom whose why will with would
    you your`.split(/\s+/),
  );

  // One way of writing: Hangul in syllables, no accents, straight quotes and hyphens, numbers without commas.
  function plain(text) {
    return text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .normalize("NFC")
      .toLowerCase()
      .replace(/[‘’]/g, "'")
      .replace(/[‐-―−]/g, "-")
      .replace(/(?<=\d),(?=\d{3}(?!\d))/g, "");
  }

  // Words, hyphenated names and numbers with their points, each as a whole.
  function wholes(text) {
    const found = plain(text).match(/\d+(?:\.\d+)+|[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu) ?? [];
    return found.map((word) => word.replace(/'s$/, ""));
  }

  // The same, and their parts: of a hyphenated name each, of scripts that leave no spaces each end.
  function withParts(text) {
    return wholes(text).flatMap((word) => {
      const parts = word.split("-");
      const ends = /[\p{sc=Hang}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(word) ? [...word].slice(1, -1) : [];
      return [word, ...(parts.length > 1 ? parts : []), ...ends.map((_, place) => word.slice(place + 1))];
    });
  }

  // What the forms of an English word begin with, as "election", "elected" and "elects" do with "elect"; a final y is an i.
  function stem(word) {
    if (UNSAID.has(word)) return null;
    if (!/^[a-z]{4,}$/.test(word)) return word;
    const root = word.replace(/(?<=[a-z]{3})(?:ing|e[ds]|e|(?<![sui])s)$/, "").replace(/([bdgmnprt])\1$/, "$1");
    return root
      .replace(/(?<=[a-z]{4})(?:ations?|ions?|ional|ments?|abl|ibl|ism|ist|iv|al|er|or|ly)$/, "")
      .replace(/(?<=[a-z]{2})y$/, "i");
  }

  // Marks words in an element without a change of it, where the browser can.
  function mark(element, words, more) {
    if (!window.Highlight || !words.length) return;
    const written = (word) => word.replaceAll(".", "\\.").replace(/i$/, "[iy]").replace(/(?<=^\d+)(?=(\d{3})+$)/g, ",?");
    const escaped = words.map(written);
    const pattern = new RegExp(`(?<![a-z\\d][.,]?)(?:${escaped.join("|")})(?:(?<=\\d)(?![.,]?\\d)|(?<!\\d)\\p{L}*)`, "giu");
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const ranges = more ? [...more] : [];
    while (walker.nextNode()) {
      for (const { index, 0: found } of walker.currentNode.data.matchAll(pattern)) {
        const range = new Range();
        range.setStart(walker.currentNode, index);
        range.setEnd(walker.currentNode, index + found.length);
        ranges.push(range);
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
    return ranges;
  }

  function markFound() {
    const words = wholes(new URLSearchParams(location.search).get("found") ?? "");
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) mark(target.closest("li, tr, aside, figure, section") ?? target, words);
  }

  function load(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      Object.assign(script, { src: new URL(name, STATIC), onload: resolve, onerror: reject });
      document.head.append(script);
    });
  }

  class Search {
    constructor(list) {
      this.list = list;
      this.status = document.querySelector("[data-search-status]");
      this.template = document.querySelector("[data-search-result]");
      this.inputs = [...document.querySelectorAll("[data-search] [name=q]")];
      this.records = [];
      this.words = new URLSearchParams(location.search).get("q") ?? "";
      for (const input of this.inputs) {
        input.value = this.words;
        input.addEventListener("input", () => this.ask(input.value));
      }
      document.addEventListener("keydown", (event) => this.move(event));
      if (this.words) this.ask(this.words);
    }

    async ask(words) {
      this.words = words;
      for (const input of this.inputs) if (input.value !== words) input.value = words;
      if (this.index) return this.show();
      if (this.loading) return;
      this.loading = true;
      this.list.setAttribute("aria-busy", "true");
      this.status.textContent = say("Searching …");
      await load("minisearch.min.js");
      this.index = new MiniSearch({
        fields: ["title", "text", "about", "more", "called"],
        tokenize: withParts,
        processTerm: stem,
        searchOptions: {
          tokenize: wholes,
          boost: { title: 2, text: 1.5 },
          boostDocument: (id) => WEIGHTS[this.records[id].kind] ?? 1,
          prefix: (word) => /\p{L}$/u.test(word) && (word.length > 2 || word > "\u1100"),
        },
      });
      window.searchRecords = (records) => {
        const numbered = records.map((record, place) => ({
          ...record,
          called: KINDS[record.kind] ?? record.kind,
          id: this.records.length + place,
        }));
        this.records.push(...numbered);
        this.index.addAll(numbered);
      };
      for (const name of ["records", "prose"]) {
        await load(`search-${name}.js`);
        if (!this.list.contains(document.activeElement)) this.show(); // nobody's place in the list is lost
      }
      this.list.setAttribute("aria-busy", "false");
    }

    // An address comes first with what it has; then what has all words. Where that is little, what has any comes too, also
    // misspelt; that a long text has all words says little.
    find() {
      const address = plain(this.words.trim());
      const addressed = this.records.filter((record) => record.address === address);
      const within = this.records.filter((record) => record.address.startsWith(`${address}-`) && record.kind === "claim");
      const all = this.index.search(this.words, { combineWith: "AND" });
      const fuzzy = (word) => (/^\p{L}{5}/u.test(word) ? 0.2 : false);
      const near = all.filter(({ id }) => !LONG.includes(this.records[id].kind));
      const ranked = near.length < FEW ? [...near, ...this.index.search(this.words, { fuzzy })] : all;
      const found = new Map([...addressed, ...within].map((record) => [record, []]));
      for (const { id, terms } of ranked) {
        if (!found.has(this.records[id])) found.set(this.records[id], terms);
      }
      return [...found]
        .map(([record, terms]) => ({ record, terms }))
        .filter(({ record }) => !this.teaching || record.kind !== "hindsight");
    }

    // Where verdicts are hidden, for a class that is to judge by itself.
    get teaching() {
      return document.documentElement.dataset.mode === "teach";
    }

    show() {
      const found = this.words.trim() ? this.find() : [];
      const shown = found.slice(0, HIGHEST);
      this.list.replaceChildren(...shown.map((one) => this.item(one)));
      let ranges = [];
      shown.forEach(({ terms }, place) => (ranges = mark(this.list.children[place], terms, ranges) ?? ranges));
      const nothing = say("Nothing was found. The table of every claim can be filtered by these words.");
      const number = shown.length < found.length ? say("{n} of {all}", { n: HIGHEST, all: found.length }) : found.length;
      const told = found.length ? say("Results: {number}", { number }) : nothing;
      this.status.textContent = this.words.trim() ? told : "";
      const register = document.querySelector("[data-search-register]");
      if (register) register.search = new URLSearchParams({ q: this.words });
    }

    item({ record, terms }) {
      const item = this.template.content.cloneNode(true);
      const link = item.querySelector("a");
      const [about, answers] = item.querySelectorAll("span");
      const place = new URL(`../${record.place}`, STATIC);
      const mode = new URLSearchParams(location.search).get("mode");
      if (mode) place.searchParams.set("mode", mode);
      if (terms.length) place.searchParams.set("found", terms.join(" "));
      link.href = place;
      link.textContent = record.title || record.text;
      const address = record.kind === "claim" ? record.address : record.called;
      const text = record.title && record.text ? excerpt(record.text, terms) : "";
      about.textContent = [address, record.about, text].filter(Boolean).join(" · ");
      if (record.answers && !this.teaching) answers.textContent = record.answers;
      else answers.remove();
      if (record.hue) item.firstElementChild.classList.add(`hue-${record.hue}`);
      return item;
    }

    // The arrows go from the words to the results and through them.
    move(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const links = [...this.list.querySelectorAll("a")];
      const place = links.indexOf(document.activeElement);
      if (!step || !links.length || (place < 0 && !this.inputs.includes(document.activeElement))) return;
      event.preventDefault();
      (links[place + step] ?? (step < 0 ? this.inputs.at(-1) : links.at(-1))).focus();
    }
  }

  // What stands around the first of some words in a text.
  function excerpt(text, words) {
    const places = words.map((word) => plain(text).indexOf(word)).filter((place) => place >= 0);
    const start = Math.max(0, Math.min(...(places.length ? places : [0])) - EXCERPT / 3);
    const from = start && text.indexOf(" ", start) + 1;
    const cut = text.slice(from, from + EXCERPT);
    return (from ? "… " : "") + (from + EXCERPT < text.length ? `${cut.replace(/\s\S*$/, "")} …` : cut);
  }

  const list = document.querySelector("[data-search-results]");
  if (list) new Search(list);
  else markFound();
})();
