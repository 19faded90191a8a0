// Runs in the browser that draws the pictures: plotly's SVG of a figure, each mark of a claim or an event in a link to it.

"use strict";

async function picture({ data, layout }, width, changes) { // eslint-disable-line no-unused-vars
  const holder = document.createElement("div");
  document.body.append(holder);
  await Plotly.newPlot(holder, data, { ...layout, width }, { staticPlot: true });
  if (changes) await Plotly.update(holder, changes.traces, changes.layout);
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
