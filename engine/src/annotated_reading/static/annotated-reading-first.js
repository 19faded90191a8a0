// Before anything is shown: the theme and the mode of the page, as its address or the reader's browser has them. A browser
// that keeps nothing, as in a frame of another site, has those of the system and of reading.

"use strict";

{
  const root = document.documentElement;
  const kept = (key) => {
    try {
      return localStorage.getItem(`annotated-reading-${key}`);
    } catch {
      return null;
    }
  };
  const dark = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.dataset.theme = { dark: "dark", light: "light" }[kept("theme")] ?? dark;
  const modes = ["read", "check", "teach"];
  const asked = [new URLSearchParams(location.search).get("mode"), kept("mode")];
  root.dataset.mode = asked.find((mode) => modes.includes(mode)) ?? "read";
}
