// The reader's choice of light or dark, before anything is drawn.
"use strict";

const root = document.documentElement;
root.classList.add("js");
for (const name of ["mode", "theme"]) {
  let kept = null;
  try { kept = localStorage.getItem(name); } catch { /* a browser may keep nothing */ }
  root.dataset[name] = kept || "auto";
}
