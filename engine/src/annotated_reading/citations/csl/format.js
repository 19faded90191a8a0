// What `styles.py` calls: `start` a style once, then `format` items with it as often as wanted.

// An entry is a line of HTML, and no box.
CSL.Output.Formats.html["@bibliography/entry"] = (state, text) => text.trim();

const engines = {};
let known = {};

function start(style, csl, locales, language) {
  const lookUp = { retrieveLocale: (name) => locales[name] ?? locales["en-US"], retrieveItem: (id) => known[id] };
  engines[style] = new CSL.Engine(lookUp, csl, language, true);
  return style; // what is called must return something
}

function format(style, items, isNote) {
  const engine = engines[style];
  const ids = items.map((item) => item.id);
  engine.updateItems([]); // or an item of the same id would be what it was before
  known = Object.fromEntries(items.map((item) => [item.id, item]));
  engine.updateItems(ids);
  return isNote ? [engine.makeCitationCluster(ids.map((id) => ({ id })))] : engine.makeBibliography()[1];
}
