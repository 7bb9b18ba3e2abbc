// A field for words with suggestions as they are typed: chips that gather (data.chips) or one line (data.text).
// Suggestions come from /api/labels; without an answer the field works as any other.
const PAUSE_MS = 50;
const STALE_MS = 250; // suggestions for other letters than are typed go after this
const KEPT_MS = 3000; // what was sent stands until the server has had the time to say the same

function field(root, data, send) {
  const box = el("div", "field"),
    input = el("input", "", null, {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      enterkeyhint: "search",
      maxlength: 400,
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "offers",
      dir: "auto",
    }),
    offers = el("div", "offers", null, { id: "offers", role: "listbox", popover: "manual" });
  const w = { box, input, offers, words: [], found: [], at: -1, sent: "", sentAt: 0, asked: 0, known: new Map() };
  const clear = el("button", "clear", null, { type: "button", "aria-label": "Another search", hidden: "" });
  clear.append(icon("close"));
  clear.onclick = () => say([]);
  box.append(icon("find"), input, clear);
  box.onclick = (e) => e.target === box && input.focus();
  root.append(box, offers);

  const place = () => {
    const r = box.getBoundingClientRect(),
      below = innerHeight - r.bottom - 12,
      up = below < 180 && r.top > below;
    offers.style.left = r.left + "px";
    offers.style.width = r.width + "px";
    offers.style.maxHeight = Math.max(120, Math.min(380, up ? r.top - 12 : below)) + "px";
    offers.style.top = up ? "auto" : r.bottom + 4 + "px";
    offers.style.bottom = up ? innerHeight - r.top + 4 + "px" : "auto";
  };
  const hide = () => {
    w.at = -1;
    offers.classList.remove("open");
    if (offers.matches(":popover-open")) offers.hidePopover();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    removeEventListener("scroll", place, true);
    removeEventListener("resize", place);
  };
  const close = () => {
    w.asked++; // an answer that is on its way comes too late
    hide();
  };
  const mark = (at) => {
    w.at = at;
    [...offers.children].forEach((o, n) => {
      o.classList.toggle("on", n === at);
      o.setAttribute("aria-selected", n === at);
    });
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", "offer" + at);
    offers.children[at].scrollIntoView({ block: "nearest" });
  };
  const open = (found, typed) => {
    w.found = found;
    w.of = typed;
    offers.replaceChildren(
      ...found.map((one, n) => {
        const row = el("div", "offer", null, { role: "option", id: "offer" + n, "aria-selected": "false" });
        const also = one.kind === "artist" ? "artist" : one.also.join(" \u00b7 ");
        row.append(el("b", "", one.name, { dir: "auto" }), el("span", "also", also, { dir: "auto" }));
        row.append(el("span", "count", one.pictures.toLocaleString("en")));
        row.onmousedown = (e) => e.preventDefault(); // the field keeps the focus
        row.onmousemove = () => w.at !== n && mark(n);
        row.onclick = () => take(one);
        return row;
      }),
    );
    if (!found.length) return close();
    w.at = -1;
    place();
    offers.classList.add("open");
    if (offers.showPopover && !offers.matches(":popover-open")) offers.showPopover();
    input.setAttribute("aria-expanded", "true");
    addEventListener("scroll", place, true);
    addEventListener("resize", place);
  };
  const ask = async () => {
    const typed = input.value,
      number = ++w.asked;
    if (w.data.single && !typed.trim()) return close();
    const q = new URLSearchParams({ q: typed, language: w.data.language || "" }).toString();
    try {
      if (!w.known.has(q)) {
        const answer = await fetch("/api/labels?" + q);
        if (!answer.ok) return close();
        if (w.known.size > 300) w.known.clear();
        w.known.set(q, (await answer.json()).results);
      }
      if (number === w.asked && root.activeElement === input) open(w.known.get(q), typed);
    } catch {
      close();
    }
  };
  const say = (words) => {
    w.words = words;
    w.sent = JSON.stringify(words.map((one) => one.value));
    w.sentAt = Date.now();
    send(w.sent);
    chips();
  };
  const take = (one) => {
    if (w.data.single) input.value = one.completes;
    else input.value = "";
    close();
    add(w.data.single ? one.completes : one.completes.trim());
  };
  const add = (text) => {
    const value = text.trim();
    if (w.data.single) return say([{ value, text: value }]);
    if (!value || w.words.some((one) => one.value === value)) return;
    say([...w.words, { value, text: value }]);
  };
  const chips = () => {
    for (const old of box.querySelectorAll(".word")) old.remove();
    if (!w.data.single)
      for (const one of w.words) {
        const chip = el("span", "word", null, { title: one.title || null }),
          away = el("button", "", null, { type: "button", "aria-label": `Take away ${one.text}` });
        away.append(icon("close"));
        away.onclick = () => {
          say(w.words.filter((other) => other !== one));
          input.focus();
        };
        chip.append(el("span", "", one.text, { dir: "auto" }), away);
        box.insertBefore(chip, input);
      }
    input.placeholder = w.words.length && !w.data.single ? "" : w.data.placeholder;
  };

  let timer;
  input.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
    mark(-1);
    setTimeout(() => w.of !== input.value && hide(), STALE_MS);
  };
  input.onclick = () => offers.classList.contains("open") || ask();
  input.onblur = () => {
    clearTimeout(timer);
    close();
  };
  input.onkeydown = async (e) => {
    if (e.isComposing || e.keyCode === 229) return; // the key is the input method's
    const shown = offers.classList.contains("open"),
      count = w.found.length;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      e.stopPropagation();
      if (!shown || w.of !== input.value) {
        clearTimeout(timer);
        await ask();
        if (shown && w.found.length) mark(0);
        return;
      }
      mark(e.key === "ArrowDown" ? (w.at + 1) % count : w.at <= 0 ? count - 1 : w.at - 1);
    } else if (e.key === "Enter") {
      clearTimeout(timer);
      const one = shown && w.at >= 0 && w.of === input.value ? w.found[w.at] : null;
      if (one) take(one);
      else {
        const typed = input.value;
        if (!w.data.single) input.value = "";
        close();
        add(typed);
      }
    } else if (e.key === "Escape" && (shown || input.value)) {
      if (shown) close();
      else input.value = w.data.single ? w.data.text || "" : "";
    } else if (e.key === "Backspace" && !input.value && w.words.length && !w.data.single) {
      say(w.words.slice(0, -1));
      return;
    } else {
      e.stopPropagation(); // letters are no shortcuts of the page
      return;
    }
    e.preventDefault();
    e.stopPropagation();
  };
  w.update = (data) => {
    const was = w.data?.text;
    w.data = data;
    input.setAttribute("aria-label", data.label);
    const told = data.single ? [] : data.chips;
    const late = JSON.stringify(told.map((one) => one.value)) !== w.sent && Date.now() - w.sentAt < KEPT_MS;
    if (data.single) {
      if (data.text !== was) input.value = data.text || "";
      clear.hidden = !data.text;
    } else if (!late || !w.sent) w.words = told;
    chips();
  };
  return w;
}

export default function ({ data, parentElement: root, setTriggerValue }) {
  root.words ??= field(root, data, (words) => root.send(words));
  root.send = (words) => setTriggerValue("act", { do: "words", value: words });
  root.words.update(data);
}
