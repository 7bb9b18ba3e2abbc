export default function ({ data, parentElement: root, setTriggerValue }) {
  const act = (what, id, value) => setTriggerValue("act", { do: what, id, value }),
    p = data.picture;
  const d = el("div", "d"),
    big = el("div", "big"),
    info = el("div", "info");
  big.style.cssText = `aspect-ratio:${p.w}/${p.h};--ratio:${p.w / p.h}`;
  const low = img(p.key);
  low.classList.add("low");
  const full = img(p.key, "full", p.alt);
  big.append(low, full);
  // The picture shown at the click goes only when this one is painted.
  if (full.complete) requestAnimationFrame(unpeek);
  else for (const end of ["load", "error"]) full.addEventListener(end, unpeek);
  for (const [k, to] of [
    ["l", data.prev],
    ["r", data.next],
  ])
    if (to != null) {
      const b = el("button", "nav " + k, null, {
        "aria-label": k === "l" ? "Previous picture" : "Next picture",
      });
      b.append(icon(k === "l" ? "left" : "right"));
      b.onclick = () => act("pick", to);
      big.append(b);
    }
  const by = el("div", "by"),
    artist = el("button", "", data.artist, { title: "All pictures by this artist" });
  artist.onclick = () => act("search", p.id, data.artist);
  if (data.artist) by.append(artist);
  by.append(el("span", "", data.facts));
  info.append(el("h2", "", data.heading), by);
  if (data.style_words) info.append(el("p", "says", data.style_words));
  const chips = el("div", "chips");
  for (const l of data.labels) {
    const b = el("button", "", l.text, { title: l.title, dir: "auto" });
    if (l.own) b.append(el("span", "own", l.own));
    b.onclick = () => act("search", p.id, l.value);
    chips.append(b);
  }
  info.append(chips);
  if (data.suggested?.length || data.decided) {
    const more = el("div", "suggested");
    if (data.suggested?.length) more.append(el("span", "hint", "Suggested", { title: data.suggested_from }));
    for (const s of data.suggested || []) more.append(suggestion(p.id, s, act));
    if (data.decided) more.append(decided(data.decided, act));
    info.append(more);
  }
  const acts = el("div", "acts");
  for (const [what, name, ic, cls] of [
    ["find", "Find like this", "find", "main"],
    ["like", data.liked ? "Liked" : "Like", "heart", ""],
    ["on_map", "Show on map", "map", ""],
    ["original", "Open original", "open", ""],
  ]) {
    const b = el("button", cls, null, what === "like" ? { "aria-pressed": !!data.liked } : {});
    b.append(icon(ic), el("span", "", name));
    b.onclick = () =>
      what === "original"
        ? open(src(p.key, "full"), "_blank", "noopener")
        : act(what, p.id, what === "like" ? !data.liked : null);
    acts.append(b);
  }
  info.append(acts);
  for (const s of data.strips) {
    const h = el("h4"),
      dot = el("i"),
      strip = el("div", "strip");
    dot.style.background = tone(s.tone);
    h.append(dot, s.title, el("span", "hint", s.hint));
    info.append(h, strip);
    if (s.note) strip.replaceWith(el("p", "hint", s.note));
    for (const it of s.items) {
      const b = el("button", "", null, { "aria-label": `${it.alt}, ${it.badge}`, title: it.alt });
      b.style.background = it.color;
      b.append(img(it.key), el("span", "", it.badge));
      b.onclick = () => act("pick", it.id);
      strip.append(b);
    }
  }
  clearTimeout(root.again);
  if (data.waiting) {
    info.append(el("p", "hint", "Looking for pictures like this one …"));
    root.again = setTimeout(() => wrap.isConnected && act("again", p.id), 500);
  }
  const keys = el("p", "keys");
  for (const [k, t] of [
    ["← →", "next"],
    ["L", "like"],
    ["S", "same style"],
    ["C", "same content"],
    ["M", "map"],
    ["Esc", "close"],
  ])
    keys.append(el("kbd", "", k), t);
  info.append(keys);
  d.append(big, info);
  const wrap = el("div", "wrap");
  wrap.append(d);
  root.querySelector(".wrap")?.remove();
  root.append(wrap);
  root.onkey && document.removeEventListener("keydown", root.onkey, true);
  root.onkey = (e) => {
    if (!wrap.isConnected) return document.removeEventListener("keydown", root.onkey, true);
    if (e.ctrlKey || e.metaKey || /INPUT|TEXTAREA/.test(e.composedPath()[0].tagName || "")) return;
    const k = e.key.toLowerCase();
    if (k === "arrowleft" && data.prev != null) act("pick", data.prev);
    else if (k === "arrowright" && data.next != null) act("pick", data.next);
    else if (KEYS[k]) act(KEYS[k], p.id, k === "l" ? !data.liked : null);
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  document.addEventListener("keydown", root.onkey, true);
}
