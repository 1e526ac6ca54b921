"use strict";
// What htmx does not do: files that are dropped, lines of a form, what is not saved yet, and a word when the desk is gone.
(() => {
  const gone = document.getElementById("gone");
  const said = document.getElementById("said");
  let leaving = false; // the page itself is about to be sent

  // ── files ──

  const send = async (input, files) => {
    const drop = document.getElementById("drop");
    drop.classList.add("busy-drop");
    let refused = "";
    for (const file of files) {
      try {
        const answer = await fetch(`${input.dataset.to}?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
        if (!answer.ok) refused += await answer.text();
      } catch {
        gone.hidden = false;
        drop.classList.remove("busy-drop");
        return;
      }
    }
    drop.classList.remove("busy-drop");
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

  // ── what is not saved yet: the browser asks before it leaves ──

  const kept = "form.editor, form[data-keep], form[data-ask]";
  document.addEventListener("input", (event) => {
    const form = event.target.closest(kept);
    if (form) form.dataset.typed = String(Number(form.dataset.typed || 0) + 1);
  });
  document.addEventListener("submit", (event) => { if (event.target.matches("[data-keep]")) leaving = true; }, true);
  addEventListener("beforeunload", (event) => {
    if (!leaving && document.querySelector("form[data-typed]")) event.preventDefault();
  });

  // ── lines and rows ──

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const row = button.closest(".row");
    const form = button.form;
    const fields = (each) => each.querySelectorAll("input:not([type=hidden]), textarea, select");
    if ("add" in button.dataset) {
      const rows = button.previousElementSibling;
      const fresh = rows.lastElementChild.cloneNode(true);
      for (const each of fresh.querySelectorAll("input, textarea, select")) each.value = "";
      rows.append(fresh);
      fields(fresh)[0].focus();
    } else if ("drop" in button.dataset) {
      form.dataset.typed = "1";
      if (row.parentElement.children.length > 1) row.remove();
      else for (const each of fields(row)) each.value = "";
    } else if ("up" in button.dataset) {
      form.dataset.typed = "1";
      if (row.previousElementSibling) { row.previousElementSibling.before(row); button.focus(); }
    } else if ("fresh" in button.dataset) {
      htmx.ajax("GET", button.dataset.fresh, { target: button.dataset.into });
    } else if ("back" in button.dataset) {
      history.back();
    }
  });

  // ── answers ──

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target.closest(kept);
    if (form) form.dataset.sent = form.dataset.typed || "0";
  });
  document.addEventListener("htmx:sendError", () => { gone.hidden = false; leaving = false; });
  document.addEventListener("htmx:afterRequest", (event) => {
    const answer = event.detail.xhr;
    if (answer && answer.status) gone.hidden = true;
    const form = event.target.closest && event.target.closest(kept);
    if (!form || !answer) return;
    if (answer.status >= 400 || !answer.status) {
      leaving = false;
      if (form.matches("[data-keep]")) said.scrollIntoView({ block: "center" });
    } else if (form.dataset.sent === (form.dataset.typed || "0") && !answer.responseText.includes("data-half")) {
      delete form.dataset.typed;
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => { // the keyboard goes on where it was
    const article = event.detail.elt;
    if (article && article.matches && article.matches("article.suggestion")) article.focus({ preventScroll: true });
  });
  const open = location.hash.startsWith("#r-") && document.getElementById(location.hash.slice(1));
  if (open) { open.open = true; open.scrollIntoView(); }
})();
