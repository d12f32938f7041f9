// SPDX-License-Identifier: Apache-2.0
"use strict";
// The page is complete without this. It adds a filter and opens what a link points to.
(function () {
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const rows = all("tr.row"), scenarios = all("details.scenario");
  const filter = document.querySelector(".filter"), word = document.getElementById("word"), search = document.getElementById("search");
  filter.hidden = false;
  function apply() {
    const wanted = search.value.trim().toLowerCase();
    rows.forEach((row, index) => {
      const hit = (!word.value || row.dataset.word === word.value) && row.textContent.toLowerCase().includes(wanted);
      row.hidden = !hit;
      scenarios[index].hidden = !hit;
    });
  }
  word.addEventListener("change", apply);
  search.addEventListener("input", apply);
  document.getElementById("openall").addEventListener("click", () => scenarios.forEach((one) => { one.open = true; }));
  function openTarget() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (malformed) { return; }
    const target = document.getElementById(id);
    if (target && target.tagName === "DETAILS") { target.hidden = false; target.open = true; target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", openTarget);
  openTarget();
  let closed = [];
  window.addEventListener("beforeprint", () => { closed = all("details").filter((one) => !one.open); closed.forEach((one) => { one.open = true; }); });
  window.addEventListener("afterprint", () => { closed.forEach((one) => { one.open = false; }); });

})();
