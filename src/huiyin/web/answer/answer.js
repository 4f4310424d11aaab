// Helps while a page is filled in; without it everything works all the same.
"use strict";
(function (root) {
  // The rules of collect/surveys/logic.py, once more: a test runs both on the same questionnaires.
  const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
  const NUMERIC = /^-?[0-9]{1,15}(\.[0-9]{1,15})?$/;
  const isNumber = (x) => typeof x === "number";
  const empty = (x) =>
    x === null || x === undefined || x === "" || (typeof x === "object" && Object.keys(x).length === 0);
  const same = (x, y) => typeof x === typeof y && x === y;
  function inOrder(x, op, y) {
    const both = (test) => test(x) && test(y);
    if (!both(isNumber) && !both((z) => typeof z === "string" && DAY.test(z))) return false;
    return op === "at_least" ? x >= y : x <= y;
  }
  function compare(answer, op, value) {
    if (empty(answer)) return op === "unanswered";
    const several = Array.isArray(answer) ? answer : null;
    switch (op) {
      case "answered": return true;
      case "is": return !several && same(answer, value);
      case "is_not": return !several && !same(answer, value);
      case "at_least": case "at_most": return inOrder(answer, op, value);
      case "includes": return (several || [answer]).some((x) => same(x, value));
      case "excludes": return !(several || [answer]).some((x) => same(x, value));
      default: return false;
    }
  }
  function fact(words, value) {
    if (!words) return null;
    return isNumber(value) && NUMERIC.test(words) ? Number(words) : words;
  }
  function own(thing, name) {
    return thing && typeof thing === "object" && !Array.isArray(thing) && Object.hasOwn(thing, name) ? thing[name] : null;
  }
  function answerOf(answers, name) {
    const dot = name.indexOf(".");
    if (dot < 0) return own(answers, name);
    return own(own(answers, name.slice(0, dot)), name.slice(dot + 1));
  }
  function holds(condition, answers, fields) {
    if (condition.all) return condition.all.every((one) => holds(one, answers, fields));
    if (condition.any) return condition.any.some((one) => holds(one, answers, fields));
    if (condition.no) return !holds(condition.no, answers, fields);
    const value = condition.value === undefined ? null : condition.value;
    if (condition.field !== undefined) return compare(fact(own(fields, condition.field), value), condition.op, value);
    return compare(answerOf(answers, condition.question), condition.op, value);
  }
  // The questions of one page that are asked, given the answers before it and on it.
  function shown(page, before, answers, fields) {
    const live = Object.assign({}, before);
    const asked = [];
    for (const question of page) {
      if (question.show_if && !holds(question.show_if, live, fields)) continue;
      asked.push(question.id);
      if (question.kind !== "note" && !empty(answers[question.id])) live[question.id] = answers[question.id];
    }
    return asked;
  }
  // SHA-256 (FIPS 180-4) of at most 55 ASCII signs; the browser's own needs https.
  const PRIMES = [];
  for (let n = 2; PRIMES.length < 64; n += 1) if (PRIMES.every((p) => n % p)) PRIMES.push(n);
  const fraction = (x) => ((x - Math.floor(x)) * 4294967296) >>> 0;
  const ROUND = PRIMES.map((p) => fraction(Math.cbrt(p)));
  const FIRST = PRIMES.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  function sha256(words) {
    const w = new Uint32Array(64);
    for (let i = 0; i < words.length; i += 1) w[i >> 2] |= words.charCodeAt(i) << (24 - 8 * (i & 3));
    w[words.length >> 2] |= 128 << (24 - 8 * (words.length & 3));
    w[15] = words.length * 8;
    for (let i = 16; i < 64; i += 1) {
      const x = w[i - 15], y = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = FIRST;
    for (let i = 0; i < 64; i += 1) {
      const s = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[i] + w[i]) | 0;
      const t = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + s) | 0; d = c; c = b; b = a; a = (s + t) | 0;
    }
    return [a, b, c, d, e, f, g, h].map((x, i) => (x + FIRST[i]) >>> 0);
  }
  // The first number from `n` on whose hash begins with so many zero bits; null: none among `most`.
  function work(challenge, bits, n, most) {
    for (let last = n + most; n < last; n += 1) if (sha256(`${challenge}:${n}`)[0] >>> (32 - bits) === 0) return n;
    return null;
  }
  root.huiyinLogic = { holds, shown, sha256, work };
  if (typeof document === "undefined") return;

  const form = document.querySelector("form");
  if (!form) return;
  const logic = JSON.parse((document.getElementById("logic") || { textContent: "null" }).textContent);
  const number = (words) => (/^-?[0-9]+$/.test(words) ? Number(words) : words);
  const values = (name) => new FormData(form).getAll(name).filter((one) => typeof one === "string" && one.trim() !== "");
  function read(question) {
    const id = question.id;
    if (question.kind === "multiple") return values(id);
    if (question.kind === "matrix") {
      const found = {};
      for (const row of question.rows) {
        const level = values(`${id}.row.${row}`)[0];
        if (level !== undefined) found[row] = number(level);
      }
      return found;
    }
    if (question.kind === "ranking") {
      const placed = question.options.map((code) => [values(`${id}.place.${code}`)[0], code]).filter((one) => one[0]);
      return placed.sort((a, b) => a[0] - b[0]).map((one) => one[1]);
    }
    if (question.kind === "contact") {
      const found = {};
      for (const name of question.fields) if (values(`${id}.field.${name}`)[0]) found[name] = values(`${id}.field.${name}`)[0];
      return found;
    }
    if (question.kind === "consent") return values(id).length > 0;
    if (question.kind === "file") {
      const box = form.elements.namedItem(id);
      return (box && box.files.length) || (values(`${id}.kept`)[0] && !values(`${id}.removed`)[0]) ? "file" : null;
    }
    const words = values(id)[0];
    if (words === undefined) return null;
    return ["nps", "csat", "ces", "slider"].includes(question.kind) ? number(words) : words.trim();
  }
  const parts = new Map([...form.querySelectorAll("[data-q]")].map((part) => [part.dataset.q, part]));
  const seen = form.elements.namedItem("seen");
  function refresh() {
    if (!logic) return;
    const answers = {};
    for (const question of logic.page) if (question.kind !== "note") answers[question.id] = read(question);
    const asked = new Set(shown(logic.page, logic.before, answers, logic.fields));
    for (const [id, part] of parts) part.hidden = !asked.has(id);
    seen.value = [...asked].join(",");
  }
  function others() {
    for (const input of form.querySelectorAll("[data-other]")) input.hidden = !values(input.dataset.other).includes("other");
  }
  function stars() {
    for (const group of form.querySelectorAll(".levels.stars")) {
      const labels = [...group.querySelectorAll("label")];
      const last = labels.findIndex((label) => label.querySelector("input").checked);
      labels.forEach((label, place) => label.classList.toggle("lit", place <= last));
    }
  }
  form.addEventListener("change", (event) => {
    const box = event.target;
    if (box.type === "file") {
      const large = box.files[0] && box.files[0].size > Number(box.dataset.largest);
      box.setCustomValidity(large ? box.dataset.tooLarge : "");
      if (large) { box.reportValidity(); box.value = ""; }
    }
    if (box.type === "checkbox" && box.checked) {
      const all = [...form.querySelectorAll(`input[type=checkbox][name="${CSS.escape(box.name)}"]`)];
      const alone = box.dataset.alone !== undefined;
      for (const one of all) if (one !== box && (alone || one.dataset.alone !== undefined)) one.checked = false;
    }
    refresh(); others(); stars();
  });
  form.addEventListener("input", refresh);
  for (const input of form.querySelectorAll("input.slider")) {
    const line = document.createElement("input");
    Object.assign(line, { type: "range", min: input.min, max: input.max, step: input.step, value: input.value || input.min });
    line.setAttribute("aria-label", input.labels[0] ? input.labels[0].textContent : "");
    line.className = "line";
    line.addEventListener("input", () => { input.value = line.value; refresh(); });
    input.addEventListener("input", () => { line.value = input.value; });
    input.after(line);
  }
  // Told once, that somebody is there: an address that a machine opens counts nothing.
  const token = form.elements.namedItem("token"), noted = form.elements.namedItem("noted");
  function note(step) {
    if (!noted || !token.value || noted.value.includes(step) || !navigator.sendBeacon) return;
    if (navigator.sendBeacon("/s/-/seen", step + token.value)) noted.value += step;
  }
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, (event) => { if (event.isTrusted) note("o"); }, { passive: true });
  form.addEventListener("change", (event) => { if (event.isTrusted) { note("o"); note("s"); } });
  const proof = form.elements.namedItem("work");
  if (proof) {
    const challenge = form.elements.namedItem("token").value.slice(0, 24);
    let next = 0, held = null;
    const step = () => {
      const found = work(challenge, Number(proof.dataset.bits), next, 1000);
      next += 1000;
      if (found === null) { setTimeout(step, 0); return; }
      proof.value = found;
      if (held) held();
    };
    form.addEventListener("submit", (event) => {
      if (proof.value || (event.submitter && event.submitter.value === "back")) return;
      event.preventDefault(); event.stopImmediatePropagation();
      const button = event.submitter;
      held = () => { if (form.requestSubmit) form.requestSubmit(button); else form.submit(); };
    });
    step();
  }
  let sent = false;
  form.addEventListener("submit", (event) => { if (sent) event.preventDefault(); sent = true; setTimeout(() => { sent = false; }, 4000); });
  refresh(); others(); stars();
  const wrong = document.getElementById("wrong");
  if (wrong) wrong.focus();
})(typeof globalThis === "undefined" ? this : globalThis);
