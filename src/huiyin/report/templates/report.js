"use strict";
(() => {
  const { options, titles, dark, words } = JSON.parse(document.getElementById("data").textContent);
  const night = matchMedia("(prefers-color-scheme: dark)");
  const drawn = new Map(), widths = new Map();
  const narrow = (box) => box.clientWidth <= 520;

  const recoloured = (text) => text.replace(/#[0-9A-Fa-f]{6}\b/g, (colour) => dark[colour] || colour);

  const recolouredAtNight = (media) => {
    const text = JSON.stringify(media ? media[0].option : {});
    return night.matches ? recoloured(text) : text;
  };

  const tip = (point) => {
    const box = document.createElement("div");
    box.style.cssText = "max-width:300px;white-space:normal;line-height:1.6;overflow-wrap:anywhere";
    ((point.data && point.data.tip) || []).forEach((line, place) => {
      const row = document.createElement("div");
      row.textContent = line;
      if (place === 0) row.style.fontWeight = "600";
      box.append(row);
    });
    return box.childElementCount ? box : "";
  };

  const option = (place, light) => {
    const { media, ...whole } = options[place];
    const text = JSON.stringify(whole);
    const found = JSON.parse(!light && night.matches ? recoloured(text) : text);
    const paper = !light && night.matches;
    found.tooltip = {
      ...found.tooltip, formatter: tip, borderWidth: 0,
      backgroundColor: paper ? "#2A2F37" : "#FFFFFF",
      textStyle: { color: paper ? "#E8EAED" : "#1F2329", fontSize: 12 },
      extraCssText: "box-shadow:0 4px 16px rgba(0,0,0,.16);border-radius:4px",
    };
    return found;
  };

  const draw = (box) => {
    const place = Number(box.dataset.chart);
    const chart = drawn.get(box) || echarts.init(box, null, { renderer: "svg" });
    drawn.set(box, chart);
    chart.setOption(option(place, false), true);
    if (narrow(box)) chart.setOption(JSON.parse(recolouredAtNight(options[place].media)));
    widths.set(box, narrow(box));
  };

  const boxes = [...document.querySelectorAll(".chart")];
  const seen = new IntersectionObserver((entries) => entries.forEach((entry) => {
    if (!entry.isIntersecting) return;
    seen.unobserve(entry.target);
    draw(entry.target);
  }), { rootMargin: "600px" });
  boxes.forEach((box) => seen.observe(box));
  /* What nobody has scrolled to is drawn while the page is idle, one chart at a time. */
  const drawRest = () => {
    const next = boxes.find((box) => !drawn.has(box));
    if (!next) return;
    draw(next);
    setTimeout(drawRest, 0);
  };
  setTimeout(drawRest, 100);
  night.addEventListener("change", () => [...drawn.keys()].forEach(draw));
  new ResizeObserver(() => drawn.forEach((chart, box) => {
    chart.resize();
    if (widths.get(box) !== narrow(box)) draw(box);
  })).observe(document.querySelector("main"));
  addEventListener("beforeprint", () => boxes.forEach((box) => {
    draw(box);
    drawn.get(box).setOption(option(Number(box.dataset.chart), true), true);
    drawn.get(box).resize({ width: 660 });
  }));
  addEventListener("afterprint", () => drawn.forEach((chart, box) => { draw(box); chart.resize({ width: "auto" }); }));

  /* copying */
  const said = (button, word) => { button.parentElement.querySelector("output").textContent = word; };

  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const picture = (box) => {
    const place = Number(box.dataset.chart), width = 760, height = parseInt(box.style.height, 10), head = 64;
    const stage = document.createElement("div");
    const chart = echarts.init(stage, null, { renderer: "canvas", width, height, devicePixelRatio: 2 });
    chart.setOption(option(place, true));
    const sheet = document.createElement("canvas");
    sheet.width = width * 2; sheet.height = (height + head) * 2;
    const pen = sheet.getContext("2d");
    pen.fillStyle = "#FFFFFF"; pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.scale(2, 2);
    const face = getComputedStyle(document.body).fontFamily;
    pen.fillStyle = "#1F2329"; pen.font = `600 16px ${face}`; pen.fillText(titles[place][0], 16, 28, width - 32);
    pen.fillStyle = "#5C626B"; pen.font = `13px ${face}`; pen.fillText(titles[place][1], 16, 50, width - 32);
    pen.drawImage(chart.getRenderedCanvas({ pixelRatio: 2, backgroundColor: "#FFFFFF" }), 0, head, width, height);
    chart.dispose();
    return new Promise((done) => sheet.toBlob(done, "image/png"));
  };

  const copyPicture = async (button, figure) => {
    const blob = picture(figure.querySelector(".chart"));
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
      said(button, words.copied);
    } catch {
      save(await blob, `${figure.id}.png`);
      said(button, words.saved);
    }
  };

  const plain = (cell) => {
    const parts = [...cell.childNodes].map((node) => node.textContent.trim()).filter(Boolean);
    const text = parts.join(" ").replace(/\s+/g, " ");
    return /^[=@]|^[+-][^\d]/.test(text) ? `'${text}` : text;
  };

  const copyData = async (button, figure) => {
    const rows = [...figure.querySelectorAll("tr")];
    const text = rows.map((row) => [...row.cells].map(plain).join("\t")).join("\n");
    try {
      await navigator.clipboard.writeText(text);
      said(button, words.copied);
    } catch {
      save(new Blob(["\ufeff", text], { type: "text/tab-separated-values" }), `${figure.id}.tsv`);
      said(button, words.saved);
    }
  };

  document.querySelectorAll(".tools").forEach((tools) => {
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      (button.dataset.copy === "data" ? copyData : copyPicture)(button, tools.closest(".figure"));
    });
  });

  /* sorting */
  const key = (cell) => {
    const value = cell.dataset.sort ?? cell.textContent.trim();
    const number = Number(value);
    return value === "" ? null : Number.isNaN(number) ? value : number;
  };
  const order = (a, b) => (a === null) - (b === null)
    || (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), document.documentElement.lang));
  const sort = (table, head) => {
    const down = head.getAttribute("aria-sort") === "descending";
    table.querySelectorAll("[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "ascending" : "descending");
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [key(row.cells[head.cellIndex]), row]);
    const sign = down ? 1 : -1;
    rows.sort(([a], [b]) => (a === null || b === null ? order(a, b) : sign * order(a, b)));
    body.append(...rows.map(([, row]) => row));
  };
  document.querySelectorAll("table[data-sortable]").forEach((table) => {
    [...table.tHead.rows[0].cells].forEach((head) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = words.sort;
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(table, head));
    });
  });

  /* searching */
  const searchable = (list, items, least) => {
    if (items.length < least) return;
    const field = Object.assign(document.createElement("input"), { type: "search", className: "search", placeholder: words.search });
    field.setAttribute("aria-label", words.search);
    list.before(field);
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toLowerCase();
      items.forEach((item) => { item.style.display = item.textContent.toLowerCase().includes(wanted) ? "" : "none"; });
    });
  };
  document.querySelectorAll(".scroll").forEach((box) => searchable(box, [...box.querySelectorAll("tbody tr")], 12));
  document.querySelectorAll(".quotes").forEach((list) => searchable(list, [...list.children], 8));

  /* contents */
  if (matchMedia("(max-width: 760px)").matches) document.querySelector("nav details").open = false;
  const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
  const current = new IntersectionObserver((entries) => entries.forEach((entry) => {
    if (!entry.isIntersecting) return;
    links.forEach((link) => link.removeAttribute("aria-current"));
    links.get(entry.target.id)?.setAttribute("aria-current", "true");
  }), { rootMargin: "-10% 0px -80% 0px" });
  document.querySelectorAll("section.chapter").forEach((section) => current.observe(section));
})();
