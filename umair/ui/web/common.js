// Shared by all components. Text goes in by textContent, addresses by attribute: nothing from data is parsed as HTML.
const el = (tag, cls, text, attrs = {}) => {
  const e = document.createElement(tag);
  if (cls) e.className = cls;
  if (text != null) e.textContent = text;
  for (const [k, v] of Object.entries(attrs)) if (v != null) e.setAttribute(k, v);
  return e;
};

const ICONS = {
  heart:
    "M12 20.3 4.7 13a4.8 4.8 0 0 1 0-6.8 4.8 4.8 0 0 1 6.8 0l.5.5.5-.5a4.8 4.8 0 0 1 6.8 6.8z",
  up: "M12 16V5m0 0L7.5 9.5M12 5l4.5 4.5M5 19h14",
  close: "M6 6l12 12M18 6 6 18",
  swap: "M7 4v15m0 0-3.5-3.5M7 19l3.5-3.5M17 20V5m0 0-3.5 3.5M17 5l3.5 3.5",
  map: "M12 21s6.5-5.6 6.5-11A6.5 6.5 0 0 0 5.5 10c0 5.4 6.5 11 6.5 11zM12 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  find: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM20 20l-4.8-4.8",
  open: "M9 5H5v14h14v-4M13 5h6v6M19 5l-8.5 8.5",
  left: "M14.5 5.5 8 12l6.5 6.5",
  right: "M9.5 5.5 16 12l-6.5 6.5",
  check: "M5 12.6l4.6 4.6L19 7.4",
};
const icon = (name) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
};

// Pictures have an address by their content: the first 16 hex digits of their SHA-256.
const src = (key, size = "thumb") => `/picture/${size}/${encodeURIComponent(key)}.webp`;
const img = (key, size = "thumb", alt = "") => {
  const i = el("img", "", null, { alt, decoding: "async", draggable: "false", src: src(key, size) });
  const done = () => i.classList.add("in");
  if (i.complete && i.naturalWidth) done();
  else {
    i.onload = done;
    i.onerror = () => i.classList.add("broken");
  }
  return i;
};

// A label that is suggested, with its chance: `act` hears "accept" or "refuse" with the label.
const suggestion = (id, s, act) => {
  const chip = el("span", "sug");
  chip.append(el("span", "", s.label), el("span", "pc", s.chance));
  for (const [what, ic, told] of [
    ["accept", "check", `Add the label ${s.label}`],
    ["refuse", "close", `Do not suggest ${s.label} for this picture again`],
  ]) {
    const b = el("button", what, null, { "aria-label": told, title: told });
    b.append(icon(ic));
    b.onclick = () => {
      chip.classList.add("gone");
      act(what, id, s.label);
    };
    chip.append(b);
  }
  return chip;
};
// What was decided last, and the way back.
const decided = (d, act) => {
  const line = el("p", "decided", d.text, { role: "status" });
  const b = el("button", "", "Undo");
  b.onclick = () => act("undo", d.id, d.label);
  line.append(" ", b);
  return line;
};

const throttle = (f, ms) => {
  let last = 0;
  let timer;
  return (...args) => {
    clearTimeout(timer);
    const wait = last + ms - Date.now();
    const run = () => {
      last = Date.now();
      f(...args);
    };
    if (wait <= 0) run();
    else timer = setTimeout(run, wait);
  };
};

const KEYS = { l: "like", s: "same_style", c: "same_content", m: "on_map" };
const TONES = { style: "violet", content: "blue", words: "orange", other: "gray" };
const tone = (name) => `var(--st-${TONES[name] || "gray"}-color)`;

// The large picture is shown by the browser at the click; the server's answer (labels, neighbours) replaces it.
// The box stands where the detail will stand; its look is in style.css.
const PEEK = "umair-peek";
const unpeek = () => document.getElementById(PEEK)?.remove();
const peek = (it) => {
  unpeek();
  const box = el("div", "", null, { id: PEEK, "aria-hidden": "true" });
  const card = el("div", "card");
  const big = el("div", "big");
  big.style.cssText = `aspect-ratio:${it.w}/${it.h};--ratio:${it.w / it.h};background:${it.color}`;
  const low = el("img", "low", null, { src: src(it.key), alt: "" });
  const full = el("img", "full", null, { src: src(it.key, "full"), alt: "", decoding: "async" });
  big.append(low, full);
  const lines = el("div", "lines");
  for (let n = 0; n < 6; n++) lines.append(el("i"));
  card.append(big, lines);
  box.append(card);
  box.onclick = unpeek;
  document.body.append(box);
  setTimeout(() => box.remove(), 8000); // if no answer comes, the page is not left behind a curtain
};
