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
  ["Zoom", "▭", () => ({ dragmode: "zoom" })],
  ["Pan", "✥", () => ({ dragmode: "pan" })],
  ["Zoom in", "+", (layout) => scaled(layout, 0.5)],
  ["Zoom out", "−", (layout) => scaled(layout, 2)],
];

// The ranges of all axes, made shorter or longer about their middles.
function scaled(layout, factor) {
  const ranges = {};
  for (const [name, { range, fixedrange }] of Object.entries(layout).filter(([key]) => /^[xy]axis\d*$/.test(key))) {
    if (!range || fixedrange) continue;
    const [from, to] = range.map((end) => (typeof end === "string" ? Date.parse(end) : end));
    const [middle, half] = [(from + to) / 2, ((to - from) / 2) * factor];
    ranges[`${name}.range`] = [middle - half, middle + half];
  }
  return ranges;
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

class Figure {
  constructor(canvas) {
    this.canvas = canvas;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "figure-switch";
    this.button.textContent = "Interactive chart";
    this.button.setAttribute("aria-pressed", "false");
    this.button.addEventListener("click", () => (this.chart ? this.close() : this.open()));
    this.status = document.createElement("span");
    this.status.className = "figure-status";
    this.status.setAttribute("role", "status");
    const holder = document.createElement("p");
    holder.className = "figure-controls";
    holder.append(this.button, " ", this.status);
    canvas.after(holder);
    // Whoever comes near the switch will probably press it.
    for (const near of ["pointerenter", "focus"]) {
      this.button.addEventListener(near, () => plotly().catch(() => {}), { once: true });
    }
  }

  async open() {
    this.button.disabled = true;
    this.status.textContent = "Loading…";
    try {
      const Plotly = await plotly();
      const { height } = this.canvas.getBoundingClientRect();
      this.chart = document.createElement("div");
      this.chart.className = "figure-chart";
      this.chart.style.height = `${height}px`;
      this.addTools(Plotly);
      this.canvas.append(this.chart);
      await this.draw(Plotly);
      this.canvas.classList.add("interactive");
      this.status.textContent = "";
    } catch {
      this.remove();
      this.status.textContent = "The interactive chart could not be loaded; the picture says the same.";
    }
    this.button.disabled = false;
    this.button.setAttribute("aria-pressed", String(Boolean(this.chart)));
  }

  close() {
    window.Plotly.purge(this.chart);
    this.remove();
    this.canvas.classList.remove("interactive");
    this.button.setAttribute("aria-pressed", "false");
  }

  remove() {
    this.chart?.remove();
    this.tools?.remove();
    this.chart = undefined;
  }

  addTools(Plotly) {
    this.tools = document.createElement("span");
    this.tools.className = "figure-tools";
    this.tools.setAttribute("role", "toolbar");
    this.tools.setAttribute("aria-label", "Tools of the chart");
    const add = (name, sign, action) => {
      const button = Object.assign(document.createElement("button"), { type: "button", title: name, textContent: sign });
      button.setAttribute("aria-label", name);
      button.addEventListener("click", action);
      this.tools.append(button);
    };
    for (const [name, sign, changed] of TOOLS) add(name, sign, () => Plotly.relayout(this.chart, changed(this.chart.layout)));
    add("Reset axes", "⟲", () => this.draw(Plotly));
    this.button.after(" ", this.tools);
  }

  async draw(Plotly) {
    const styles = getComputedStyle(document.documentElement);
    const named = (_, name) => JSON.stringify(styles.getPropertyValue(name).trim());
    const { data, layout, narrow } = JSON.parse(this.canvas.dataset.figure.replace(/"var\((--[\w-]+)\)"/g, named));
    layout.font = { ...layout.font, family: getComputedStyle(document.body).fontFamily };
    layout.height = this.chart.clientHeight;
    await Plotly.react(this.chart, data, layout, { displayModeBar: false, responsive: true });
    if (NARROW.matches) await Plotly.update(this.chart, narrow.traces, narrow.layout);
    this.chart.on("plotly_click", ({ points: [point] }) => {
      if (!point.data.meta?.links) return;
      this.canvas.querySelector(`a[href$="#${CSS.escape(point.customdata)}"]`)?.dispatchEvent(new MouseEvent("click"));
    });
  }
}

const figures = [...document.querySelectorAll("[data-figure]")].map((canvas) => new Figure(canvas));

new MutationObserver(() => {
  for (const figure of figures) if (figure.chart) figure.draw(window.Plotly);
}).observe(document.documentElement, { attributeFilter: ["data-theme"] });
