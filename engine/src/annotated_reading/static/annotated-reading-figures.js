// Draws the figures of a page with plotly, from this site's own copy, when a reader comes near one,
// in the colours of the theme, and again when the theme changes.

"use strict";

const PLOTLY = new URL("plotly-basic.min.js", document.currentScript.src).href;
const canvases = [...document.querySelectorAll(".figure-canvas")];
let loading;

function plotly() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = PLOTLY;
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return loading;
}

function style(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

async function draw(canvas) {
  const Plotly = await plotly();
  const themed = canvas.dataset.figure.replace(/"var\((--[\w-]+)\)"/g, (_, name) => JSON.stringify(style(name)));
  const { data, layout } = JSON.parse(themed);
  const text = style("--pst-color-text-base");
  const line = style("--pst-color-border");
  const axis = { gridcolor: line, linecolor: line, zerolinecolor: line, automargin: true };
  Object.assign(layout, {
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    font: { ...layout.font, color: text, family: getComputedStyle(document.body).fontFamily, size: 14 },
    xaxis: { ...axis, ...layout.xaxis },
    yaxis: { ...axis, ...layout.yaxis },
    margin: { l: 10, r: 10, t: 10, b: 40, ...layout.margin },
  });
  await Plotly.react(canvas, data, layout, { displayModeBar: false, responsive: true });
}

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      draw(target);
    }
  },
  { rootMargin: "400px" },
);
canvases.forEach((canvas) => near.observe(canvas));

new MutationObserver(() => canvases.filter((canvas) => canvas.childElementCount).forEach(draw)).observe(
  document.documentElement,
  { attributeFilter: ["data-theme"] },
);
