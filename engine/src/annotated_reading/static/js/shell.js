// The shell of a page: the switches of mode and theme, the place in the chapter, and sheets that close when they have led
// somewhere. The sheets open and close without this script.

const root = document.documentElement;

function keep(key, value) {
  try {
    localStorage.setItem(`annotated-reading-${key}`, value);
  } catch {
    // The reader's browser keeps nothing; the address still has the mode.
  }
}

// An address of this site, with the mode in it where that is not the usual one.
function inMode(address) {
  const url = new URL(address);
  if (root.dataset.mode === "read") url.searchParams.delete("mode");
  else url.searchParams.set("mode", root.dataset.mode);
  return url.href;
}

function showMode() {
  for (const button of document.querySelectorAll("[data-set-mode]")) {
    button.setAttribute("aria-pressed", String(button.dataset.setMode === root.dataset.mode));
  }
  try {
    history.replaceState(history.state, "", inMode(location.href));
  } catch {
    // A page without an address of its own, as in a frame.
  }
}

function showTheme(button) {
  button.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
}

for (const button of document.querySelectorAll("[data-set-mode]")) {
  button.addEventListener("click", () => {
    root.dataset.mode = button.dataset.setMode;
    keep("mode", root.dataset.mode);
    showMode();
  });
}
showMode();

for (const button of document.querySelectorAll("[data-set-theme]")) {
  button.addEventListener("click", () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    keep("theme", root.dataset.theme);
    showTheme(button);
  });
  showTheme(button);
}

// A link takes the mode along, also one that is copied or opened in another tab.
for (const event of ["click", "pointerdown", "focusin"]) {
  document.addEventListener(event, ({ target }) => {
    const link = target.closest?.("a[href]");
    if (!link || link.hasAttribute("download")) return;
    if (link.protocol === location.protocol && link.host === location.host && /(\/|\.html)$/.test(link.pathname)) {
      const address = inMode(link.href);
      if (address !== link.href) link.href = address;
    }
  }, true);
}

for (const sheet of document.querySelectorAll("[popover]")) {
  sheet.addEventListener("click", ({ target }) => {
    if (target.closest("a[href]") && sheet.matches(":popover-open")) sheet.hidePopover();
  });
  sheet.addEventListener("toggle", ({ newState }) => {
    if (newState === "open") sheet.querySelector("input")?.focus();
  });
}

// The place: the last section that begins above the middle of the window.
function followPlace() {
  const links = [...document.querySelectorAll("#place li a")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const numbered = links.filter((link) => link.querySelector("span").textContent);
  const progress = document.querySelector("[data-progress]");
  const place = document.querySelector("[data-place]");
  const title = place.textContent;
  let shown;
  const show = () => {
    const at = headings.findLastIndex((heading) => heading?.getBoundingClientRect().top < innerHeight / 2);
    if (at === shown) return;
    shown = at;
    links.forEach((link, number) => link.toggleAttribute("aria-current", number === at));
    const link = links[at];
    const done = numbered.indexOf(link) + 1;
    const words = link?.lastChild.textContent.trim() ?? title;
    place.textContent = done ? `${done}/${numbered.length} ${words}` : words;
    progress.hidden = !numbered.length;
    const read = numbered.filter((one) => links.indexOf(one) <= at).length;
    progress.textContent = say("{n} of {all}", { n: read, all: numbered.length });
    progress.style.setProperty("--read", read / numbered.length);
  };
  addEventListener("scroll", () => requestAnimationFrame(show), { passive: true });
  addEventListener("resize", show);
  show();
}
if (document.querySelector("#place")) followPlace();

// A box that is scrolled sideways is reached by the keyboard too.
function letScroll() {
  for (const box of document.querySelectorAll("[data-scroll], pre")) {
    const wide = box.scrollWidth > box.clientWidth;
    if (wide) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}
addEventListener("resize", letScroll);
letScroll();

// Code can be copied with one press.
for (const code of document.querySelectorAll("div.highlight")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = say("Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.querySelector("pre").textContent);
      button.textContent = say("Copied");
    } catch {
      getSelection().selectAllChildren(code.querySelector("pre"));
      button.textContent = say("Press Ctrl+C");
    }
  });
  code.append(button);
}
