// Makes a chart of a picture when a reader asks for one: with plotly, from this site's own copy, in the picture's place
// and in the colours of the theme. Where plotly does not come, the picture stays.

const PLOTLY = new URL("plotly-basic.min.js", document.currentScript.src).href;

// What plotly would write into the page as styles, which a strict policy forbids: it does not where these ids are taken.
// figures.css has what of them is needed.
const STYLES = ["plotly.js-style-global", "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53"];

// Nor may it write an attribute `style`; the same by way of a script is allowed.
SVGElement.prototype.setAttribute = function (name, value) {
  if (name === "style") this.style.cssText = value;
  else Element.prototype.setAttribute.call(this, name, value);
};

// The tools of a chart: name, sign, and what each changes of the layout.
const TOOLS = [
  [say("Zoom"), "▭", () => ({ dragmode: "zoom" })],
  [say("Pan"), "✥", () => ({ dragmode: "pan" })],
  [say("Zoom in"), "+", (layout) => scaled(layout, 0.5)],
  [say("Zoom out"), "−", (layout) => scaled(layout, 2)],
];

// The ranges of all axes, made shorter or longer about their middles.
function scaled(layout, factor) {
  const changes = {};
  for (const [name, range] of ranges(layout)) {
    if (layout[name].fixedrange) continue;
    const [from, to] = range.map((end) => (typeof end === "string" ? Date.parse(end) : end));
    const [middle, half] = [(from + to) / 2, ((to - from) / 2) * factor];
    changes[`${name}.range`] = [middle - half, middle + half];
  }
  return changes;
}

function ranges(layout) {
  const axes = Object.entries(layout).filter(([key, axis]) => /^[xy]axis\d*$/.test(key) && axis?.range);
  return new Map(axes.map(([name, { range }]) => [name, [...range]]));
}

// Puts into an object what plotly means by a path such as `xaxis.dtick` or `annotations[2].text`.
function put(object, path, value) {
  const names = path.match(/[^.[\]]+/g);
  const last = names.pop();
  for (const name of names) object = object[name] ??= {};
  object[last] = value;
}

const NARROW = window.matchMedia("(max-width: 600px)");
let loading;

function plotly() {
  loading ??= new Promise((resolve, reject) => {
    for (const id of STYLES.filter((taken) => !document.getElementById(taken))) {
      document.head.append(Object.assign(document.createElement("meta"), { id, className: "no-inline-styles" }));
    }
    const script = document.createElement("script");
    script.src = PLOTLY;
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", () => {
      loading = undefined;
      script.remove();
      reject(new Error(PLOTLY));
    });
    document.head.append(script);
  });
  return loading;
}

// The chart stands in the menu of its figure, after the switch that opens and closes it and after its tools, and is seen
// in the place of the picture; it closes with the menu too, and by Escape.
class Figure {
  constructor(canvas) {
    this.canvas = canvas;
    this.menu = canvas.closest("figure").querySelector("[data-figure-menu]");
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "figure-switch";
    this.button.textContent = say("Interactive chart");
    this.button.setAttribute("aria-pressed", "false");
    this.button.addEventListener("click", () => (this.chart ? this.close() : this.open()));
    this.status = document.createElement("span");
    this.status.setAttribute("role", "status");
    this.holder = document.createElement("p");
    this.holder.className = "figure-controls";
    this.holder.append(this.button, " ", this.status);
    this.menu.querySelector("summary").after(this.holder);
    this.menu.addEventListener("toggle", () => this.menu.open || this.close());
    this.menu.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !this.chart) return;
      this.close();
      this.button.focus();
    });
    this.size = new ResizeObserver(() => this.draw());
    // Whoever comes near the switch will probably press it.
    for (const near of ["pointerenter", "focus"]) {
      this.button.addEventListener(near, () => plotly().catch(() => {}), { once: true });
    }
  }

  async open() {
    this.button.disabled = true;
    this.status.textContent = say("Loading…");
    try {
      const Plotly = await plotly();
      this.chart = document.createElement("div");
      this.chart.className = "figure-chart";
      this.chart.setAttribute("role", "group");
      for (const what of ["aria-labelledby", "aria-describedby"]) {
        this.chart.setAttribute(what, this.canvas.querySelector("svg").getAttribute(what));
      }
      this.addTools(Plotly);
      this.holder.after(this.chart);
      await this.draw();
      this.chart.on("plotly_click", ({ points: [point] }) => {
        if (!point.data.meta?.links) return;
        const mark = this.canvas.querySelector(`a[href$="#${CSS.escape(point.customdata)}"]`);
        mark?.dispatchEvent(new MouseEvent("click"));
      });
      this.canvas.classList.add("interactive");
      this.size.observe(this.canvas);
      this.status.textContent = "";
    } catch {
      this.close();
      this.status.textContent = say("The interactive chart could not be loaded; the picture says the same.");
    }
    this.button.disabled = false;
    this.button.setAttribute("aria-pressed", String(Boolean(this.chart)));
  }

  close() {
    if (!this.chart) return;
    this.size.disconnect();
    window.Plotly.purge(this.chart);
    this.chart.remove();
    this.tools.remove();
    this.chart = this.drawn = undefined;
    this.canvas.classList.remove("interactive");
    this.button.setAttribute("aria-pressed", "false");
  }

  addTools(Plotly) {
    this.tools = document.createElement("span");
    this.tools.className = "figure-tools";
    this.tools.setAttribute("role", "toolbar");
    this.tools.setAttribute("aria-label", say("Tools of the chart"));
    const add = (name, sign, action) => {
      const button = Object.assign(document.createElement("button"), { type: "button", title: name, textContent: sign });
      button.setAttribute("aria-label", name);
      button.addEventListener("click", action);
      this.tools.append(button);
    };
    for (const [name, sign, changed] of TOOLS) add(name, sign, () => Plotly.relayout(this.chart, changed(this.chart.layout)));
    add(say("Reset axes"), "⟲", () => this.draw(true));
    this.button.after(" ", this.tools);
  }

  // Draws the chart as wide as the picture is and in the colours of the theme; what a reader zoomed to stays, unless it
  // is to be as at first.
  async draw(anew = false) {
    if (!this.chart) return;
    const styles = getComputedStyle(document.documentElement);
    const named = (_, name) => JSON.stringify(styles.getPropertyValue(name).trim());
    const { data, layout, narrow } = JSON.parse(this.canvas.dataset.figure.replace(/"var\((--[\w-]+)\)"/g, named));
    if (NARROW.matches) {
      for (const [path, value] of Object.entries(narrow.layout)) put(layout, path, value);
      for (const [path, value] of Object.entries(narrow.traces)) for (const trace of data) put(trace, path, value);
    }
    const { offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = this.canvas;
    for (const [side, pixels] of Object.entries({ left, top, width, height })) this.chart.style[side] = `${pixels}px`;
    Object.assign(layout, { font: { ...layout.font, family: getComputedStyle(document.body).fontFamily }, height, width });
    const before = this.drawn && !anew ? ranges(this.chart.layout) : [];
    const kept = [...before].filter(([axis, range]) => String(range) !== String(this.drawn.get(axis)));
    for (const [axis, range] of kept) Object.assign((layout[axis] ??= {}), { autorange: false, range });
    if (this.drawn) layout.dragmode = this.chart.layout.dragmode;
    await window.Plotly.react(this.chart, data, layout, { displayModeBar: false });
    if (!this.chart) return;
    const first = new Map(kept.map(([axis]) => [axis, this.drawn.get(axis)]));
    this.drawn = new Map([...ranges(this.chart.layout), ...first]);
  }
}

const figures = [...document.querySelectorAll("[data-figure]")].map((canvas) => new Figure(canvas));

new MutationObserver(() => figures.forEach((figure) => figure.draw())).observe(document.documentElement, {
  attributeFilter: ["data-theme"],
});
