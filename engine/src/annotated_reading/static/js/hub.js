// Lets the reader name a JupyterHub once, and makes of each hub path a link into it. Without this script the path stands
// there to be copied.

const KEY = "annotated-reading-hub";
for (const path of document.querySelectorAll("code[data-hub-path]")) {
  const label = document.createElement("label");
  label.textContent = say("Address of your hub") + " ";
  const field = document.createElement("input");
  field.type = "url";
  field.placeholder = "https://…";
  label.append(field);
  const link = document.createElement("a");
  link.textContent = say("Open the notebook there");
  link.className = "launch";
  const show = () => {
    const hub = /^https?:\/\//.test(field.value) && URL.canParse(field.value);
    link.hidden = !hub;
    if (hub) link.href = field.value.replace(/\/+$/, "") + path.dataset.hubPath;
  };
  field.addEventListener("input", () => {
    show();
    try { localStorage.setItem(KEY, field.value); } catch { /* the reader's browser keeps nothing */ }
  });
  try { field.value = localStorage.getItem(KEY) || ""; } catch { /* the same */ }
  const line = document.createElement("p");
  line.append(label, " ", link);
  path.closest("p").after(line);
  show();
}
