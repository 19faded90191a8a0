// Leads from an address that stays to where its thing is now, with the fragment that the reader's link had.
"use strict";
const there = new URL(document.querySelector("link[rel=canonical]").href);
if (location.hash) there.hash = location.hash;
location.replace(there);
