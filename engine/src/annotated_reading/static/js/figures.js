// Makes a chart of a picture when a reader asks for one: with plotly, from this site's own copy, in the picture's place
// and in the colours of the theme. Where plotly does not come, the picture stays.

const PLOTLY = new URL("plotly-basic.min.js", document.currentScript.src).href;
const BUTTONS = [["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d"]];
const NARROW = window.matchMedia("(max-width: 600px)");
let loading;

function plotly() {
  loading ??= new Promise((resolve, reject) => {
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
      this.canvas.append(this.chart);
      await this.draw(Plotly);
      this.canvas.classList.add("interactive");
      this.status.textContent = "";
    } catch {
      this.chart?.remove();
      this.chart = undefined;
      this.status.textContent = "The interactive chart could not be loaded; the picture says the same.";
    }
    this.button.disabled = false;
    this.button.setAttribute("aria-pressed", String(Boolean(this.chart)));
  }

  close() {
    window.Plotly.purge(this.chart);
    this.chart.remove();
    this.chart = undefined;
    this.canvas.classList.remove("interactive");
    this.button.setAttribute("aria-pressed", "false");
  }

  async draw(Plotly) {
    const styles = getComputedStyle(document.documentElement);
    const named = (_, name) => JSON.stringify(styles.getPropertyValue(name).trim());
    const { data, layout, narrow } = JSON.parse(this.canvas.dataset.figure.replace(/"var\((--[\w-]+)\)"/g, named));
    layout.font = { ...layout.font, family: getComputedStyle(document.body).fontFamily };
    layout.height = this.chart.clientHeight;
    const colour = styles.getPropertyValue("--ink").trim();
    layout.modebar = { bgcolor: "rgba(0, 0, 0, 0)", color: colour, activecolor: colour };
    await Plotly.react(this.chart, data, layout, {
      displayModeBar: true, displaylogo: false, modeBarButtons: BUTTONS, responsive: true,
    });
    this.chart.querySelector(".modebar")?.setAttribute("aria-label", "Tools of the chart");
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
