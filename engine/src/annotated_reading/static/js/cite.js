// Copies a citation with one press. The citations are there to be marked and copied without this script.

async function copy(citation, said) {
  const text = [...citation.querySelectorAll("p")].map((line) => line.textContent).join("\n");
  const html = [...citation.querySelectorAll("p")].map((line) => line.outerHTML).join("");
  try {
    const formats = { "text/plain": new Blob([text], { type: "text/plain" }), "text/html": new Blob([html], { type: "text/html" }) };
    await navigator.clipboard.write([new ClipboardItem(formats)]);
    said.textContent = say("Copied");
  } catch {
    getSelection().selectAllChildren(citation);
    said.textContent = say("Press Ctrl+C to copy what is marked");
  }
}

for (const citation of document.querySelectorAll("[data-citation]")) {
  const style = citation.previousElementSibling;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cite-copy";
  button.textContent = say("Copy");
  button.setAttribute("aria-label", say("Copy {what}", { what: citation.dataset.citation }));
  const said = document.createElement("span");
  said.className = "cite-said";
  said.setAttribute("role", "status");
  button.addEventListener("click", () => copy(citation, said));
  style.append(" ", button, " ", said);
}
