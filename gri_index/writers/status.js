"use strict";
(() => {
  const form = document.getElementById("filters");
  const rows = Array.from(document.querySelectorAll("#matrix tbody tr"));
  const shown = document.getElementById("shown");
  const pattern = shown.dataset.pattern;
  const apply = () => {
    const wanted = ["status", "owner", "chapter"].map((name) => [name, form.elements[name].value]);
    const text = form.elements.search.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      const fits = wanted.every(([name, value]) => !value || row.dataset[name].split("\n").includes(value));
      row.hidden = !(fits && row.textContent.toLowerCase().includes(text));
      count += row.hidden ? 0 : 1;
    }
    shown.textContent = pattern.replace("{count}", count).replace("{all}", rows.length);
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => {
    const row = document.getElementById(location.hash.slice(1));
    if (row && row.hidden) { form.reset(); apply(); row.scrollIntoView(); }
  });
  apply();
})();
