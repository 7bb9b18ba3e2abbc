export default function ({ data, parentElement: root, setStateValue }) {
  const kinds = data.tones;
  let s = root.shares;
  if (!s) {
    const box = el("div", "shares"),
      bar = el("div", "bar"),
      key = el("div", "key");
    box.append(bar, key);
    root.append(box);
    s = root.shares = { bar, key, send: throttle((v) => s.set("values", v), 120) };
    s.move = (n, to) => {
      // border n between part n and n + 1, as a position 0..1
      const v = s.v,
        before = v.slice(0, n).reduce((a, b) => a + b, 0),
        both = v[n] + v[n + 1],
        x = Math.max(0.02, Math.min(both - 0.02, to - before));
      v[n] = x;
      v[n + 1] = both - x;
      s.show();
      s.send(v.map((q) => Math.round(q * 1000) / 1000));
    };
    s.show = () =>
      s.v.forEach((q, i) => {
        s.parts[i].style.flex = q;
        s.parts[i].textContent = q > 0.07 ? Math.round(q * 100) + "%" : "";
        s.nums[i].textContent = Math.round(q * 100) + "%";
        s.grips[i]?.setAttribute("aria-valuenow", Math.round(q * 100));
      });
  }
  s.set = setStateValue;
  const sign = JSON.stringify(data);
  if (s.sign === sign) return;
  s.sign = sign;
  s.v = [...data.values];
  s.parts = [];
  s.grips = [];
  s.nums = [];
  s.bar.replaceChildren();
  s.key.replaceChildren();
  s.v.forEach((q, i) => {
    const p = el("div", "part" + (i === s.v.length - 1 ? " end" : ""));
    p.style.background = tone(kinds[i]);
    s.parts.push(p);
    s.bar.append(p);
    const k = el("span"),
      dot = el("i"),
      n = el("b");
    dot.style.background = tone(kinds[i]);
    k.append(dot, el("span", "", data.names[i]), n);
    s.nums.push(n);
    s.key.append(k);
    if (i === s.v.length - 1) return;
    const g = el("div", "grip"),
      h = el("span", "", null, {
        role: "slider",
        tabindex: 0,
        "aria-label": `${data.names[i]} against ${data.names[i + 1]}`,
        "aria-valuemin": 0,
        "aria-valuemax": 100,
      });
    g.append(h);
    s.bar.append(g);
    s.grips.push(h);
    const at = (e) => (e.clientX - s.bar.getBoundingClientRect().left) / s.bar.clientWidth;
    h.onpointerdown = (e) => {
      h.setPointerCapture(e.pointerId);
      h.onpointermove = (m) => s.move(i, at(m));
      e.preventDefault();
      h.focus();
    };
    h.onpointerup = h.onpointercancel = () => {
      h.onpointermove = null;
    };
    h.onkeydown = (e) => {
      const d = { ArrowLeft: -0.02, ArrowDown: -0.02, ArrowRight: 0.02, ArrowUp: 0.02 }[e.key];
      if (!d) return;
      e.preventDefault();
      s.move(i, s.v.slice(0, i + 1).reduce((a, b) => a + b, 0) + d);
    };
  });
  s.show();
}
