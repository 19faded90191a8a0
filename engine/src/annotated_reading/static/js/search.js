// The search is loaded where it is used: on its own page, and where one of its results has led.

if (document.querySelector("[data-search-results]") || new URLSearchParams(location.search).has("found")) {
  const script = document.createElement("script");
  script.src = new URL("annotated-reading-search.js", document.currentScript.src);
  document.head.append(script);
}

// Whoever reads in a mode searches in it, also where the browser keeps nothing.
for (const form of document.querySelectorAll("[data-search]")) {
  form.addEventListener("formdata", ({ formData }) => {
    const { mode } = document.documentElement.dataset;
    if (mode && mode !== "read") formData.set("mode", mode);
  });
}
