// In the designer's preview, a sandboxed frame: a page is not sent but handed to the designer.
"use strict";
(function () {
  const form = document.querySelector("form");
  const tell = (what) => parent.postMessage(Object.assign({ preview: true }, what), "*");
  function filled(button) {
    const found = {};
    for (const [name, value] of new FormData(form)) if (typeof value === "string") (found[name] = found[name] || []).push(value);
    if (button && button.name) found[button.name] = [button.value];
    return found;
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link) {
      event.preventDefault();
      const where = link.getAttribute("href");
      const language = new URLSearchParams(where.slice(where.indexOf("?"))).get("lang");
      const aim = where.startsWith("#") ? document.getElementById(where.slice(1)) : null;
      if (aim) show(aim);
      else if (language) tell({ language });
    }
    const button = event.target.closest("button");
    if (button && form && form.contains(button)) {
      event.preventDefault();
      tell({ form: filled(button) });
    }
  });
  if (form) form.addEventListener("submit", (event) => { event.preventDefault(); tell({ form: filled(null) }); });
  // `scrollIntoView` would move the page around the frame too, away from what is being edited.
  function show(one) {
    const { top, height } = one.getBoundingClientRect();
    scrollTo(0, scrollY + top - Math.max(0, (innerHeight - height) / 2));
  }
  const at = document.currentScript && document.currentScript.dataset.at;
  const part = at && document.querySelector(`[data-q="${CSS.escape(at)}"]`);
  if (part && !part.hidden) show(part);
})();
