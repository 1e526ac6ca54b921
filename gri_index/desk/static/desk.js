"use strict";
// What htmx does not do: files that are dropped, rows of a form, and a word when the desk is gone.
(() => {
  const gone = document.getElementById("gone");
  const said = document.getElementById("said");
  let changed = false;

  const send = async (input, files) => {
    const drop = document.getElementById("drop");
    drop.classList.add("busy");
    let refused = "";
    for (const file of files) {
      try {
        const answer = await fetch(`${input.dataset.to}?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
        if (!answer.ok) refused += await answer.text();
      } catch {
        gone.hidden = false;
        drop.classList.remove("busy");
        return;
      }
    }
    drop.classList.remove("busy");
    if (refused) { said.innerHTML = refused; input.value = ""; } else location.reload();
  };

  const file = document.getElementById("file");
  if (file) {
    const drop = document.getElementById("drop");
    file.addEventListener("change", () => send(file, file.files));
    for (const name of ["dragenter", "dragover"]) {
      document.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
    }
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      if (event.dataTransfer.files.length) send(file, event.dataTransfer.files);
    });
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
  });
  document.addEventListener("input", (event) => { if (event.target.closest("[data-keep]")) changed = true; });
  document.addEventListener("submit", () => { changed = false; }, true);
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const row = button.closest(".row");
    if ("add" in button.dataset) {
      const rows = button.previousElementSibling;
      const fresh = rows.lastElementChild.cloneNode(true);
      for (const each of fresh.querySelectorAll("input, textarea, select")) each.value = "";
      rows.append(fresh);
      fresh.querySelector("input:not([type=hidden]), textarea, select").focus();
    } else if ("drop" in button.dataset) {
      changed = true;
      if (row.parentElement.children.length > 1) row.remove();
      else for (const each of row.querySelectorAll("input:not([type=hidden]), textarea, select")) each.value = "";
    } else if ("up" in button.dataset) {
      changed = true;
      if (row.previousElementSibling) { row.previousElementSibling.before(row); button.focus(); }
    } else if ("back" in button.dataset) {
      history.back();
    }
  });

  document.addEventListener("htmx:sendError", () => { gone.hidden = false; });
  document.addEventListener("htmx:afterRequest", (event) => {
    const answer = event.detail.xhr;
    if (answer && answer.status) gone.hidden = true;
    if (answer && answer.status >= 400 && event.target.closest("[data-keep]")) { changed = true; said.scrollIntoView({ block: "center" }); }
  });
  const open = location.hash.startsWith("#r-") && document.getElementById(location.hash.slice(1));
  if (open) { open.open = true; open.scrollIntoView(); }
})();
