// Two maps of the same pictures on canvas: one hover, one selection, lit in both. Drag to move, wheel or pinch to zoom, click to choose.
class Maps {
  constructor(root) {
    this.root = root;
    this.box = el("div", "maps");
    this.tip = el("div", "tip");
    root.append(this.box);
    this.box.append(this.tip);
    this.pics = new Map();
    this.panes = [];
    this.hover = null;
    this.ro = new ResizeObserver(() => (this.box.isConnected ? this.draw() : this.ro.disconnect()));
    this.ro.observe(this.box);
  }
  update(data) {
    this.data = data;
    this.index = new Map(data.points.map((p, i) => [p.id, i]));
    data.panes.forEach((d, n) => {
      const p = this.panes[n] ?? this.pane(n);
      p.d = d;
      p.name.replaceChildren(
        Object.assign(el("i"), { style: `background:${tone(d.tone)}` }),
        d.title,
      );
    });
    this.legend ??= this.box.appendChild(el("div", "legend"));
    this.legend.replaceChildren();
    this.only = null;
    this.kept = null;
    for (const [name, color] of data.legend || []) {
      const b = el("button", "", null, { "aria-pressed": "false", title: "Show only these" }),
        dot = el("i");
      dot.style.background = color;
      b.append(dot, name);
      b.onpointerenter = () => {
        this.only = name;
        this.draw();
      };
      b.onpointerleave = () => {
        this.only = this.kept;
        this.draw();
      };
      b.onclick = () => {
        this.only = this.kept = this.kept === name ? null : name;
        for (const o of this.legend.children)
          o.setAttribute("aria-pressed", o === b && this.kept != null);
        this.draw();
      };
      this.legend.append(b);
    }
    this.draw();
  }
  pane(n) {
    const p = (this.panes[n] = {
      el: el("div", "pane"),
      cv: el("canvas", "", null, {
        tabindex: 0,
        role: "img",
        "aria-label": "Map of the pictures; arrows move between neighbours, Enter opens",
      }),
      name: el("div", "name"),
      k: 1,
      x: 0,
      y: 0,
      pts: new Map(),
    });
    const zoom = el("div", "zoom");
    for (const [t, f, a] of [
      ["+", 1.5, "Zoom in"],
      ["−", 1 / 1.5, "Zoom out"],
      ["Fit", 0, "Show all"],
    ]) {
      const b = el("button", "", t, { "aria-label": a });
      b.onclick = () => {
        if (f) this.scale(p, f, p.w / 2, p.h / 2);
        else {
          p.k = 1;
          p.x = p.y = 0;
        }
        this.draw();
      };
      zoom.append(b);
    }
    p.el.append(p.cv, p.name, zoom);
    this.box.insertBefore(p.el, this.legend ?? null);
    const cv = p.cv;
    cv.onwheel = (e) => {
      e.preventDefault();
      this.scale(p, Math.exp(-e.deltaY * 0.0016), e.offsetX, e.offsetY);
      this.draw();
    };
    cv.onpointerdown = (e) => {
      cv.setPointerCapture(e.pointerId);
      p.pts.set(e.pointerId, [e.offsetX, e.offsetY]);
      p.from = [e.offsetX, e.offsetY];
      p.moved = false;
    };
    cv.onpointermove = (e) => {
      const was = p.pts.get(e.pointerId),
        now = [e.offsetX, e.offsetY];
      if (!was) return this.light(this.at(p, ...now), p, now);
      if (Math.hypot(now[0] - p.from[0], now[1] - p.from[1]) > 4) p.moved = true;
      if (p.pts.size === 1 && p.moved) {
        p.x += now[0] - was[0];
        p.y += now[1] - was[1];
        cv.classList.add("drag");
        this.light(null);
      } else if (p.pts.size === 2) {
        const o = [...p.pts].find(([id]) => id !== e.pointerId)[1];
        this.scale(
          p,
          Math.hypot(now[0] - o[0], now[1] - o[1]) /
            Math.max(1, Math.hypot(was[0] - o[0], was[1] - o[1])),
          (now[0] + o[0]) / 2,
          (now[1] + o[1]) / 2,
        );
      }
      p.pts.set(e.pointerId, now);
      this.draw();
    };
    cv.onpointerup = cv.onpointercancel = (e) => {
      p.pts.delete(e.pointerId);
      cv.classList.remove("drag");
      if (!p.moved && e.type === "pointerup") {
        const i = this.at(p, e.offsetX, e.offsetY);
        if (i != null) this.fire("act", { do: "pick", id: this.data.points[i].id });
      }
    };
    cv.onpointerleave = () => this.light(null);
    cv.onkeydown = (e) => {
      const i = this.index.get(this.data.selected) ?? 0,
        id = this.data.points[i].id,
        dir = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
          e.key
        ];
      if (dir) {
        const [x, y] = p.d.xy[i];
        let best = 1e9,
          to = i;
        p.d.xy.forEach(([a, b], j) => {
          const u = (a - x) * dir[0] + (b - y) * dir[1],
            v = Math.hypot(a - x, b - y);
          if (j !== i && u > v * 0.5 && v < best) {
            best = v;
            to = j;
          }
        });
        e.preventDefault();
        this.fire("act", { do: "pick", id: this.data.points[to].id });
      } else if (e.key === "Enter") this.fire("act", { do: "open", id });
      else if (KEYS[e.key.toLowerCase()]) this.fire("act", { do: KEYS[e.key.toLowerCase()], id });
    };
    return p;
  }
  scale(p, f, cx, cy) {
    const k = Math.max(0.7, Math.min(24, p.k * f));
    f = k / p.k;
    p.x = cx - (cx - p.x) * f;
    p.y = cy - (cy - p.y) * f;
    p.k = k;
  }
  place(p, i) {
    const m = 34,
      [x, y] = p.d.xy[i];
    return [p.x + p.k * (m + x * (p.w - 2 * m)), p.y + p.k * (m + y * (p.h - 2 * m))];
  }
  size(p) {
    return this.data.pictures
      ? Math.min(96, Math.max(14, p.w / 29) * Math.pow(p.k, 0.75))
      : Math.min(16, 7 * Math.pow(p.k, 0.5));
  }
  at(p, x, y) {
    const r = this.size(p) / 2 + 3;
    let best = r * r * 2,
      out = null;
    for (let i = 0; i < p.d.xy.length; i++) {
      const [a, b] = this.place(p, i),
        q = (a - x) ** 2 + (b - y) ** 2;
      if (Math.abs(a - x) < r && Math.abs(b - y) < r && q < best) {
        best = q;
        out = i;
      }
    }
    return out;
  }
  light(i, p, xy) {
    if (p) p.cv.classList.toggle("on", i != null);
    if (i === this.hover && i == null) return;
    if (i !== this.hover && i != null) {
      const q = this.data.points[i],
        say = el("div");
      say.append(el("b", "", q.title), el("span", "", q.sub));
      const im = img(q.key);
      im.style.aspectRatio = q.w / q.h;
      this.tip.replaceChildren(im, say);
    }
    this.hover = i;
    this.tip.style.display = i == null ? "none" : "block";
    if (i != null && p) {
      const b = this.box.getBoundingClientRect(),
        r = p.el.getBoundingClientRect(),
        x = r.left - b.left + xy[0],
        y = r.top - b.top + xy[1];
      this.tip.style.left = Math.max(4, x + 200 > b.width ? x - 190 : x + 18) + "px";
      this.tip.style.top = Math.max(4, Math.min(y - 40, b.height - 280)) + "px";
    }
    this.draw();
  }
  draw() {
    if (!this.tick)
      this.tick = requestAnimationFrame(() => {
        this.tick = 0;
        for (const p of this.panes) this.one(p);
      });
  }
  small(i) {
    const { key } = this.data.points[i];
    let s = this.pics.get(key);
    if (!s) {
      s = { ok: false };
      this.pics.set(key, s);
      const im = new Image();
      im.onload = () => {
        const c = (s.c = el("canvas"));
        c.width = c.height = 96;
        const k = Math.min(im.width, im.height);
        c.getContext("2d").drawImage(im, (im.width - k) / 2, 0, k, k, 0, 0, 96, 96);
        s.ok = true;
        this.draw();
      };
      im.src = src(key);
    }
    return s.ok ? s.c : null;
  }
  one(p) {
    const dpr = devicePixelRatio || 1,
      w = p.el.clientWidth,
      h = p.el.clientHeight,
      css = getComputedStyle(this.root.host || this.box);
    if (!w) return;
    if (p.cv.width !== Math.round(w * dpr) || p.cv.height !== Math.round(h * dpr)) {
      p.cv.width = w * dpr;
      p.cv.height = h * dpr;
    }
    p.w = w;
    p.h = h;
    const g = p.cv.getContext("2d"),
      ink = css.getPropertyValue("--st-text-color"),
      accent = css.getPropertyValue("--st-primary-color"),
      paper = css.getPropertyValue("--st-background-color");
    g.setTransform(dpr, 0, 0, dpr, 0, 0);
    g.clearRect(0, 0, w, h);
    const sel = this.index.get(this.data.selected),
      near = new Set((p.d.near || []).map((id) => this.index.get(id))),
      s = this.size(p),
      only = this.only,
      dim = sel != null || only != null,
      lit = (i) => only != null && this.data.points[i].group === only;
    const shape = (x, y, r) => {
      g.beginPath();
      this.data.pictures
        ? g.roundRect(x - r, y - r, 2 * r, 2 * r, Math.min(6, r * 0.4))
        : g.arc(x, y, r, 0, 7);
    };
    const item = (i, r) => {
      const [x, y] = this.place(p, i);
      if (x < -60 || y < -60 || x > w + 60 || y > h + 60) return;
      const im = this.data.pictures && this.small(i);
      shape(x, y, r);
      if (im) {
        g.save();
        g.clip();
        g.drawImage(im, x - r, y - r, 2 * r, 2 * r);
        g.restore();
        if (this.data.tinted) {
          g.lineWidth = 2;
          g.strokeStyle = this.data.points[i].color;
          shape(x, y, r);
          g.stroke();
        }
      } else {
        g.fillStyle = this.data.points[i].color;
        g.fill();
      }
    };
    for (let i = 0; i < p.d.xy.length; i++)
      if (i !== sel && !near.has(i) && i !== this.hover) item(i, s / 2);
    if (dim) {
      g.globalAlpha = 0.74;
      g.fillStyle = css.getPropertyValue("--st-secondary-background-color");
      g.fillRect(0, 0, w, h);
      g.globalAlpha = 1;
    }
    if (sel != null) {
      const [x, y] = this.place(p, sel);
      g.strokeStyle = accent;
      g.lineWidth = 1.4;
      for (const j of near) {
        const [a, b] = this.place(p, j);
        g.globalAlpha = 0.55;
        g.beginPath();
        g.moveTo(x, y);
        g.lineTo(a, b);
        g.stroke();
      }
      g.globalAlpha = 1;
    }
    if (only != null) for (let i = 0; i < p.d.xy.length; i++) if (lit(i)) item(i, s / 2);
    for (const j of near) item(j, s * 0.62);
    const ring = (i, r, c) => {
      item(i, r);
      const [x, y] = this.place(p, i);
      g.lineWidth = 3;
      g.strokeStyle = paper;
      shape(x, y, r + 2.5);
      g.stroke();
      g.strokeStyle = c;
      shape(x, y, r + 5);
      g.stroke();
    };
    if (sel != null) ring(sel, Math.max(s * 0.8, this.data.pictures ? 22 : 8), accent);
    if (this.hover != null) ring(this.hover, Math.max(s * 0.8, this.data.pictures ? 22 : 8), ink);
  }
}
export default function ({ data, parentElement, setTriggerValue }) {
  const m = (parentElement.maps ??= new Maps(parentElement));
  m.fire = setTriggerValue;
  m.update(data);
}
