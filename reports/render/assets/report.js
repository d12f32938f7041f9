// SPDX-License-Identifier: Apache-2.0
"use strict";
// The page is complete without this. It adds a filter and opens what a link points to.
// After the #: the id of a scenario, then ?show=failed&text=overcharge; each part may be left out.
(function () {
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const scenarios = all("details.scenario");
  const listed = all(".list .row").map((row, index) => ({ row, other: scenarios[index], text: (row.textContent + " " + scenarios[index].textContent).toLowerCase() }));
  const others = all(".row").filter((row) => !row.closest(".list")).map((row) => ({ row, other: null, text: row.textContent.toLowerCase() }));
  const items = listed.concat(others);
  const rest = document.getElementById("rest"), filter = document.querySelector(".filter"), word = document.getElementById("word"), search = document.getElementById("search"), found = document.getElementById("found");
  filter.hidden = false;
  const groups = { failed: ["fail", "error", "conditional_fail"], conditional: ["conditional_pass", "conditional_fail"] };
  function matches(row) {
    if (!word.value) return true;
    if (word.value === "holes") return "hole" in row.dataset || row.dataset.word === "not_run" || row.dataset.word === "not_applicable";
    return (groups[word.value] || [word.value]).includes(row.dataset.word);
  }
  function apply() {
    const wanted = search.value.trim().toLowerCase();
    let shown = 0;
    items.forEach(({ row, other, text }) => {
      const hit = matches(row) && text.includes(wanted);
      row.hidden = !hit;
      if (other) other.hidden = !hit;
      if (other && hit) shown++;
    });
    if (rest && (word.value === "holes" || (wanted && rest.querySelector(".row:not([hidden])")))) rest.open = true;
    found.textContent = word.value || wanted ? shown + " of " + listed.length + " scenarios" : "";
  }
  function remember() {
    const state = new URLSearchParams();
    if (word.value) state.set("show", word.value);
    if (search.value) state.set("text", search.value);
    const id = location.hash.slice(1).split("?")[0], query = state.toString();
    history.replaceState(null, "", "#" + id + (query ? "?" + query : ""));
  }
  word.addEventListener("change", () => { apply(); remember(); });
  search.addEventListener("input", () => { apply(); remember(); });
  document.getElementById("openall").addEventListener("click", () => scenarios.forEach((one) => { if (!one.hidden) one.open = true; }));
  document.getElementById("closeall").addEventListener("click", () => scenarios.forEach((one) => { one.open = false; }));
  function follow() {
    const [id, query] = location.hash.slice(1).split("?");
    if (query !== undefined) {
      const state = new URLSearchParams(query);
      word.value = state.get("show") || "";
      if (word.selectedIndex < 0) word.value = "";
      search.value = state.get("text") || "";
      apply();
    }
    let name = id;
    try { name = decodeURIComponent(id); } catch (malformed) { return; }
    const target = name ? document.getElementById(name) : null;
    if (!target) return;
    if (target.tagName === "DETAILS") { target.hidden = false; target.open = true; }
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", follow);
  follow();
  let closed = [];
  window.addEventListener("beforeprint", () => { closed = all("details").filter((one) => !one.open); closed.forEach((one) => { one.open = true; }); });
  window.addEventListener("afterprint", () => { closed.forEach((one) => { one.open = false; }); });
})();
