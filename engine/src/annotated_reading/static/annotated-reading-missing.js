// Offers the claim whose address is somewhere in the one that does not exist.
"use strict";
const { claims, short } = document.querySelector("[data-claims]").dataset;
const known = new Set(claims.split(" "));
const meant = (location.pathname + location.hash).toLowerCase().match(/[a-z]+-\d+-\d+/g)?.find((one) => known.has(one));
if (meant) {
  const line = document.querySelector("[data-meant]");
  Object.assign(line.querySelector("a"), { href: `${short}${meant}/`, textContent: meant });
  line.hidden = false;
}
