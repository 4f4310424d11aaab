/* Shows a questionnaire of Huiyin in a page: one script tag, no cookies, nothing sent before it is due. */
((config) => {
  "use strict";
  const script = document.currentScript, given = script.dataset, home = new URL(script.src).origin;
  const popup = config.look === "popup", name = "huiyin." + config.code, day = 86400000;
  const wanted = (given.lang || document.documentElement.lang || "").toLowerCase();
  const near = (tag) => tag.toLowerCase() === wanted || tag.split("-")[0].toLowerCase() === wanted.split("-")[0];
  const language = config.languages.find((tag) => tag.toLowerCase() === wanted) || config.languages.find(near) || config.languages[0];
  const words = config.words[language];
  let who = given.user ? { user: given.user, expires: given.expires, signature: given.signature } : null;
  let box = null, frame = null, seen = false;

  const kept = () => { try { return JSON.parse(localStorage.getItem(name)) || {}; } catch (fault) { return {}; } };
  const keep = (more) => { try { localStorage.setItem(name, JSON.stringify(Object.assign(kept(), more))); } catch (fault) { /* storage is shut: nothing is remembered */ } };
  const rest = () => { if (config.rest) keep({ until: Date.now() + config.rest * day }); };
  function lot(text) {
    let sum = 2166136261;
    for (const sign of text) sum = Math.imul(sum ^ sign.codePointAt(0), 16777619);
    return ((sum ^ (sum >>> 15)) >>> 0) % 10000 / 100;
  }
  function chosen() {
    if (config.share >= 100) return true;
    if (who) return lot(config.code + "." + who.user) < config.share;
    let { drawn } = kept();
    if (typeof drawn !== "number") keep({ drawn: drawn = Math.random() * 100 });
    return drawn < config.share;
  }
  const remove = () => { if (box) box.remove(); box = frame = null; seen = false; };
  function close() {
    if (box && popup && box.open && box.close) box.close();
    else ended();
  }
  function ended() { if (seen) rest(); remove(); }

  /* Whoever tabs over an edge of the pop-up comes back at its other one. */
  function edge(turn) {
    const end = document.createElement("span");
    end.tabIndex = 0;
    end.addEventListener("focus", turn);
    return end;
  }
  function make() {
    const address = new URL(home + "/w/" + config.code);
    address.searchParams.set("lang", language);
    if (who) for (const [short, one] of [["u", who.user], ["e", who.expires], ["s", who.signature]]) address.searchParams.set(short, one || "");
    frame = document.createElement("iframe");
    frame.title = words.title;
    frame.style.cssText = "display:block;border:0;width:100%;height:" + (popup ? "70vh" : "0");
    frame.addEventListener("load", () => { if (frame) frame.contentWindow.postMessage({ huiyin: "hello" }, home); });
    frame.src = address;
    if (!popup) { box = frame; return ((given.target && document.querySelector(given.target)) || script).after(box); }
    box = document.createElement("dialog");
    box.lang = language;
    box.setAttribute("aria-label", words.title);
    box.style.cssText = "border:0;padding:0;border-radius:12px;width:min(600px,calc(100vw - 24px));max-width:none;max-height:94vh;overflow:hidden;background:#fff;box-shadow:0 12px 48px rgba(0,0,0,.35)";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "×";
    button.setAttribute("aria-label", words.close);
    button.style.cssText = "display:block;margin-left:auto;width:44px;height:44px;border:0;background:none;color:#1f2329;font:24px/1 sans-serif;cursor:pointer";
    button.addEventListener("click", close);
    box.addEventListener("close", ended);
    button.autofocus = true;
    box.append(edge(() => frame.focus()), button, frame, edge(() => button.focus()));
    document.body.append(box);
  }
  function open() {
    if (box || config.closed || (config.known && !who) || (kept().until || 0) > Date.now() || !chosen()) return;
    if (document.body) make(); else addEventListener("DOMContentLoaded", open, { once: true });
  }
  function show() {
    if (seen) return;
    seen = true;
    if (popup && box.showModal) box.showModal(); else if (popup) box.setAttribute("open", "");
  }
  addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== home || !event.data) return;
    const { huiyin: what, height } = event.data;
    if (what === "no" && !seen) return remove();
    if (what === "close" && popup) return close();
    if (what === "ask") show();
    if (what === "done") rest();
    if (seen && height > 0) frame.style.height = (popup ? Math.min(height, innerHeight * 0.94 - 48) : height) + "px";
  });

  const act = {
    open, close,
    track: (event) => { if (config.trigger && event === config.trigger) setTimeout(open, config.delay * 1000); },
    identify: (user, expires, signature) => { who = user ? { user: String(user), expires: String(expires), signature } : null; },
  };
  const all = (window.huiyin && window.huiyin.widgets) || [];
  const before = Array.isArray(window.huiyin) ? window.huiyin : [];
  all.push(act);
  const api = { widgets: all, push: ([what, ...rest]) => api[what] && api[what](...rest) };
  for (const what of Object.keys(act)) api[what] = (...rest) => all.forEach((one) => one[what](...rest));
  window.huiyin = api;
  before.forEach(api.push);
  if (!config.trigger) setTimeout(open, config.delay * 1000);
})(HUIYIN_CONFIG);
