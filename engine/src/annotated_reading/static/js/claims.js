// What a page does with its claims: previews beside links, folds that open by an address, copies, keys and prints.
// Everything is there without this script.

const root = document.documentElement;
const wide = matchMedia("(min-width: 1360px)");
const previews = new URL("annotated-reading-previews.js", document.currentScript.src).href;

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// Shows what a link leads to, beside it: a claim, an event, or the note of a source.
class Preview {
  static LINKS = "a[data-preview], a[role=doc-noteref]";

  constructor() {
    this.box = element("span", { class: "preview", id: "preview-box", popover: "manual" });
    this.link = null;
    this.lit = null;
    this.pointer = "";
    document.addEventListener("pointerdown", (event) => this.press(event), true);
    document.addEventListener("pointerover", (event) => this.hover(event));
    document.addEventListener("focusin", (event) => this.focus(event));
    document.addEventListener("click", (event) => this.tap(event));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  at(event) {
    return event.target.closest?.(Preview.LINKS);
  }

  inside(event) {
    return this.box.contains(event.target) || this.link?.contains(event.target);
  }

  press(event) {
    this.pointer = event.pointerType;
    if (!this.inside(event)) this.close();
  }

  // It waits a little, so that a pointer may pass over links, and from a link to its preview.
  hover(event) {
    if (event.pointerType === "touch") return;
    clearTimeout(this.waiting);
    const link = this.at(event);
    if (link && link !== this.link) this.waiting = setTimeout(() => this.open(link), 150);
    else if (this.link && !this.inside(event)) this.waiting = setTimeout(() => this.close(), 250);
  }

  focus(event) {
    const link = this.at(event);
    if (link?.matches(":focus-visible")) this.open(link);
    else if (this.link && !this.inside(event)) this.close();
  }

  // The first tap shows, the second goes.
  tap(event) {
    const link = this.at(event);
    if (this.pointer !== "touch" || !link || link === this.link) return;
    event.preventDefault();
    this.open(link);
  }

  async open(link) {
    this.close();
    this.link = link;
    const claim = link.closest("[data-spread]")?.querySelector(`[data-claim="${link.dataset.preview}"]`);
    if (claim && wide.matches && this.pointer !== "touch" && this.light(claim)) return;
    const shown = link.dataset.preview ? await this.said(link.dataset.preview) : this.source(link);
    if (!shown || this.link !== link) return;
    this.box.replaceChildren(...shown);
    link.after(this.box);
    link.setAttribute("aria-describedby", this.box.id);
    this.box.showPopover();
    this.place(link.getClientRects()[0]);
  }

  // Lights a claim that stands beside the link, unless it cannot be brought into sight.
  light(claim) {
    const column = claim.closest("[role=group]");
    const outer = column.getBoundingClientRect();
    const [top, bottom] = [Math.max(outer.top, 0), Math.min(outer.bottom, root.clientHeight)];
    const over = claim.getBoundingClientRect();
    column.scrollTop += Math.min(over.top - top, 0) + Math.max(over.bottom - bottom, 0);
    const now = claim.getBoundingClientRect();
    if (now.top < top - 1 || now.bottom > bottom + 1) return false;
    this.lit = claim;
    claim.dataset.lit = "";
    return true;
  }

  place({ left, top, bottom }) {
    const { clientWidth, clientHeight } = root;
    const { offsetWidth, offsetHeight } = this.box;
    const above = bottom + offsetHeight > clientHeight && top > offsetHeight;
    this.box.style.left = `${Math.max(8, Math.min(left, clientWidth - offsetWidth - 8))}px`;
    this.box.style.top = `${above ? top - offsetHeight : Math.min(bottom, clientHeight - offsetHeight)}px`;
  }

  close() {
    clearTimeout(this.waiting);
    this.link?.removeAttribute("aria-describedby");
    if (this.lit) delete this.lit.dataset.lit;
    this.box.remove();
    this.link = this.lit = null;
  }

  async said(key) {
    this.loading ??= new Promise((resolve) => {
      const script = element("script", { src: previews });
      script.addEventListener("load", () => resolve(globalThis.annotatedReadingPreviews));
      script.addEventListener("error", () => resolve({}));
      document.head.append(script);
    });
    const found = (await this.loading)[key];
    if (!found) return null;
    const answers = (found.answers ?? []).map((answer) => {
      const words = element("span", { class: "asked" }, answer.asked);
      return element("span", { class: "verdict", "data-verdict": answer["data-verdict"] }, words, ` ${answer.found}`);
    });
    return [found.says, element("span", { class: "claim-meta" }, found.of), ...answers];
  }

  source(link) {
    const note = document.getElementById(link.hash.slice(1));
    const words = note?.querySelector("p")?.cloneNode(true);
    return words && [...words.childNodes, element("a", { class: "to-list", href: link.hash }, say("In the list"))];
  }
}

// What an address leads to is shown, whatever it is folded in; a claim is opened.
function reveal() {
  const target = document.getElementById(location.hash.slice(1)); // before a browser knows its :target
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const more = target.matches("[data-claim]") && target.querySelector("[data-more]");
  if (more) more.open = true;
  target.scrollIntoView();
}

function button(words, act, attributes = {}) {
  const made = element("button", { type: "button", class: "quiet", ...attributes }, words);
  made.addEventListener("click", () => act(made));
  return made;
}

async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = say("Copied");
  } catch {
    said.textContent = text;
    getSelection().selectAllChildren(said);
  }
}

function addCopies(fold) {
  const actions = fold.querySelector("[data-actions]");
  if (actions.querySelector("button")) return;
  const said = element("span", { role: "status" });
  const claim = fold.closest("[data-claim]");
  const [says, meta] = [...claim.querySelectorAll(":scope > p")].map((line) => line.lastChild.textContent);
  const link = new URL(`#${claim.id}`, location.href).href;
  const copied = (words, text) => [" · ", button(words, () => copy(text, said))];
  actions.append(...copied(say("Copy link"), link), ...copied(say("Copy text"), `${says} (${claim.id}: ${meta})`), " ", said);
}

// ] and [ lead from paragraph to paragraph, in Check j and k from claim to claim.
function walk(event) {
  const busy = event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea");
  if (busy) return;
  const step = { j: 1, k: -1, "]": 1, "[": -1 }[event.key];
  if ("[]".includes(event.key)) turn(step);
  else if (step && !event.altKey && root.dataset.mode === "check") stepOn(step);
}

// The paragraph before or after the one at the top of the window.
function turn(step) {
  const paragraphs = [...document.querySelectorAll("[data-spread]")].map((spread) => spread.closest("section"));
  const here = paragraphs.findLastIndex((one) => one.getBoundingClientRect().top < innerHeight / 3);
  const there = paragraphs[here + step];
  there?.scrollIntoView({ behavior: "instant" });
  there?.querySelector("[data-head] a").focus({ preventScroll: true });
}

// The claim before or after the one that has the focus, or else that the window begins with.
function stepOn(step) {
  const claims = [...document.querySelectorAll("[data-claim]")];
  const here = claims.indexOf(document.activeElement.closest("[data-claim]"));
  const below = claims.findIndex((claim) => claim.getBoundingClientRect().top >= 0);
  const next = here >= 0 ? here + step : step > 0 ? below : (below < 0 ? claims.length : below) - 1;
  claims[next]?.querySelector("a").focus();
}

// One paragraph on paper; in Teach without what became of its claims and with lines for answers, unless asked.
function print(spread, how) {
  const section = spread.closest("section") ?? spread;
  section.dataset.printed = "";
  root.dataset.print = how;
  addEventListener("afterprint", () => {
    delete section.dataset.printed;
    delete root.dataset.print;
  }, { once: true });
  window.print();
}

new Preview();
addEventListener("hashchange", reveal);
reveal();
document.addEventListener("keydown", walk);
document.addEventListener(
  "toggle",
  (event) => event.target.matches("[data-more]") && addCopies(event.target),
  true,
);
document.querySelectorAll("[data-more][open]").forEach(addCopies); // which a browser has opened by their address
for (const spread of document.querySelectorAll("[data-spread]")) {
  const whole = button(say("Print this paragraph"), () => print(spread, "as-shown"));
  const answered = button(say("Print with verdicts"), () => print(spread, "with-verdicts"), { "data-teach": "" });
  spread.querySelector("[data-head]").append(" · ", whole, answered);
}
