// Runs in the browser that draws the pictures: plotly's SVG of a figure, each mark that has a claim in a link to it.

"use strict";

async function picture({ data, layout }, width, changes) { // eslint-disable-line no-unused-vars
  const holder = document.createElement("div");
  document.body.append(holder);
  await Plotly.newPlot(holder, data, { ...layout, width }, { staticPlot: true });
  const ofTraces = ([path]) => path.startsWith("trace.");
  const entries = Object.entries(changes);
  const traces = Object.fromEntries(entries.filter(ofTraces).map(([path, value]) => [path.slice(6), value]));
  await Plotly.update(holder, traces, Object.fromEntries(entries.filter((entry) => !ofTraces(entry))));
  const { _fullData, _fullLayout } = holder;
  const text = await Plotly.toImage(holder, {
    format: "svg", width, height: _fullLayout.height, imageDataOnly: true,
  });
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const scatters = _fullData.filter((trace) => trace.type === "scatter");
  svg.querySelectorAll("g.scatterlayer > g.trace").forEach((group, place) => {
    const { customdata, meta } = scatters[place];
    if (!meta?.links) return;
    group.querySelectorAll("g.points > path").forEach((mark, point) => {
      const link = document.createElementNS(svg.namespaceURI, "a");
      link.setAttribute("href", `#${customdata[point]}`);
      mark.replaceWith(link);
      link.append(mark);
    });
  });
  holder.remove();
  return new XMLSerializer().serializeToString(svg);
}
