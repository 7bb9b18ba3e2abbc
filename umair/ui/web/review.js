export default function ({ data, parentElement: root, setTriggerValue }) {
  const act = (what, id, value) => setTriggerValue("act", { do: what, id, value });
  const list = el("div", "list", null, { role: "list", "aria-label": "Pictures with suggested labels" });
  for (const row of data.rows) {
    const p = row.picture,
      card = el("div", "row", null, { role: "listitem" }),
      shown = el("button", "shown", null, { "aria-label": `Open ${p.alt}` }),
      told = el("div", "told"),
      chips = el("div", "chips");
    shown.style.background = p.color;
    shown.append(img(p.key, "thumb", ""));
    shown.onclick = () => act("open", p.id);
    told.append(el("h3", "", row.title));
    told.append(el("p", "own", row.labels.length ? row.labels.join(" \u00b7 ") : "No labels yet"));
    for (const s of row.suggested) chips.append(suggestion(p.id, s, act));
    told.append(chips);
    card.append(shown, told);
    list.append(card);
  }
  const wrap = el("div", "wrap");
  if (data.decided) wrap.append(decided(data.decided, act));
  wrap.append(list);
  root.querySelector(".wrap")?.remove();
  root.append(wrap);
}
