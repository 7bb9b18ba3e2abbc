class Gallery {
  constructor(root) {
    this.root = root;
    this.live = new Map();
    this.at = 0;
    this.box = el("div", "box", null, { role: "list" });
    root.append(this.box);
    this.resize = new ResizeObserver(() => {
      const w = this.box.clientWidth;
      if (w && w !== this.width) {
        this.layout();
        this.paint(false);
      }
    });
    this.resize.observe(this.box);
    this.onscroll = () => {
      if (!this.tick)
        this.tick = requestAnimationFrame(() => {
          this.tick = 0;
          this.box.isConnected ? this.paint(false) : this.destroy();
        });
    };
    document.addEventListener("scroll", this.onscroll, true);
    addEventListener("resize", this.onscroll);
    this.box.addEventListener("keydown", (e) => this.key(e));
  }
  destroy() {
    this.resize.disconnect();
    document.removeEventListener("scroll", this.onscroll, true);
    removeEventListener("resize", this.onscroll);
  }
  update(data) {
    const first = !this.data,
      was = this.data?.selected;
    this.data = data;
    this.asked = 0;
    this.box.setAttribute("aria-label", data.label || "Pictures");
    this.layout();
    this.paint(!first);
    if (was != null && data.selected == null) setTimeout(() => this.back(was), 120); // the detail was closed: focus returns to its picture
  }
  back(id) {
    const a = document.activeElement;
    if (a && a !== document.body && a !== this.root.host) return;
    for (const t of this.live.values())
      if (t.cell.it.id === id) t.firstChild.focus({ preventScroll: true });
  }
  // Justified rows: fill each row until its natural height falls to the wished one; the last row of a section is not stretched.
  layout() {
    const W = (this.width = this.box.clientWidth),
      gap = this.data.gap ?? 6;
    if (!W) return;
    const want = Math.min(this.data.row || 220, W < 520 ? Math.max(96, W * 0.46) : 9999);
    this.cells = [];
    this.heads = [];
    let y = 0,
      row = 0;
    for (const [n, s] of this.data.sections.entries()) {
      if (s.title) {
        if (n) y += 22;
        this.heads.push({ y, s });
        y += s.title.length * 8.8 + (s.note || "").length * 6.6 + 34 > W ? 58 : 36;
      }
      let line = [],
        sum = 0;
      const last = s.items.length - 1;
      const inRow = W < 520 && s.items.length > 5 ? 3 : s.items.length; // of equal tiles; on a phone at most three
      s.items.forEach((it, k) => {
        const r = this.data.ratio || Math.min(2.4, Math.max(0.42, it.w / it.h));
        line.push([it, r]);
        sum += r;
        let h = (W - gap * (line.length - 1)) / sum;
        const end = k === last;
        if (!end && (this.data.single ? line.length < inRow : h > want * 1.12)) return;
        if (end && !this.data.single && h > want * 1.22) h = want;
        let x = 0;
        line.forEach(([t, q], i) => {
          const w =
            i === line.length - 1 && h * sum + gap * (line.length - 1) > W - 4
              ? W - x
              : Math.round(q * h);
          this.cells.push({ it: t, key: `${n}:${t.id}`, x, y, w, h: Math.round(h), row });
          x += w + gap;
        });
        y += Math.round(h) + gap;
        row++;
        line = [];
        sum = 0;
      });
      if (!s.items.length && s.empty) {
        this.heads.push({ y, s, empty: true });
        y += 108;
      }
    }
    this.height = y;
    this.at = Math.min(this.at, Math.max(0, this.cells.length - 1));
  }
  paint(glide) {
    if (!this.cells) return;
    const top = this.box.getBoundingClientRect().top,
      from = -top - 700,
      to = -top + innerHeight + 700;
    const fresh = this.drawn !== this.cells;
    this.drawn = this.cells; // scrolling only adds and removes tiles
    this.box.classList.toggle("glide", !!glide);
    if (fresh) {
      this.box.style.height = this.height + "px";
      for (const h of this.box.querySelectorAll(".head,.note")) h.remove();
    }
    for (const { y, s, empty } of fresh ? this.heads : []) {
      const h = empty ? el("div", "note", s.empty) : el("div", "head");
      h.style.cssText = `top:${y}px;${empty ? "position:absolute;left:0;right:0" : ""}`;
      if (!empty) {
        if (s.tone) {
          const d = el("i");
          d.style.background = tone(s.tone);
          h.append(d);
        }
        h.append(el("b", "", s.title, { role: "heading", "aria-level": 3 }));
        if (s.note) h.append(el("span", "", s.note));
      }
      this.box.prepend(h);
    }
    const seen = new Set();
    let lo = 0,
      hi = this.cells.length; // the tiles lie in order from top to bottom: find the first one in sight
    while (lo < hi) {
      const m = (lo + hi) >> 1;
      this.cells[m].y + this.cells[m].h < from ? (lo = m + 1) : (hi = m);
    }
    for (let i = lo; i < this.cells.length && this.cells[i].y <= to; i++) {
      const c = this.cells[i];
      seen.add(c.key);
      let t = this.live.get(c.key);
      if (!t) {
        t = this.make(c);
        this.live.set(c.key, t);
        this.box.append(t);
        if (glide) t.classList.add("new");
      }
      const pos = `transform:translate(${c.x}px,${c.y}px);width:${c.w}px;height:${c.h}px;background:${c.it.color}`;
      if (t.pos !== pos) t.style.cssText = t.pos = pos;
      if (t.cell !== c || fresh || t.index !== i) this.dress(t, c, i);
    }
    for (const [k, t] of this.live)
      if (!seen.has(k)) {
        t.remove();
        this.live.delete(k);
      }
    clearTimeout(this.later);
    this.later = setTimeout(() => this.settle(), 480);
    if (this.data.more && to > this.height && this.asked !== this.cells.length) {
      this.asked = this.cells.length;
      this.act("more");
    }
  }
  // The order in the document follows the order on screen (screen readers, Tab), set right after the tiles have come to rest.
  settle() {
    const order = [...this.live.values()].sort((a, b) => a.index - b.index);
    if (order.every((t, i) => !i || order[i - 1].compareDocumentPosition(t) & 4)) return;
    if (!this.box.moveBefore && this.root.activeElement) return;
    for (const t of order) this.box.moveBefore ? this.box.moveBefore(t, null) : this.box.append(t);
  }
  make(c) {
    const t = el("div", "tile", null, { role: "listitem", draggable: "true" }),
      p = el("button", "pic"),
      it = c.it;
    p.append(img(it.key));
    const cap = el("span", "cap");
    p.append(cap);
    t.append(p);
    const h = el("button", "heart", null, { "aria-label": "Like", tabindex: -1 });
    h.append(icon("heart"));
    t.append(h);
    p.onclick = () => {
      this.at = t.index;
      if (this.data.peek) peek(t.cell.it);
      this.act("open", it.id);
    };
    t.onpointerenter = () => {
      if (this.data.peek) new Image().src = src(it.key, "full"); // a click is likely: the large picture is fetched ahead
    };
    h.onclick = () => this.like(t.cell);
    p.onfocus = () => {
      this.at = t.index;
      this.rove();
    };
    t.ondragstart = (e) => e.dataTransfer.setData("text/plain", "umair:" + it.id);
    return t;
  }
  dress(t, c, i) {
    t.index = i;
    t.cell = c;
    const it = c.it,
      p = t.firstChild;
    p.setAttribute("aria-label", it.badge ? `${it.alt}, ${it.badge}` : it.alt);
    p.tabIndex = i === this.at ? 0 : -1;
    t.setAttribute("aria-setsize", this.data.total || this.cells.length);
    t.setAttribute("aria-posinset", i + 1);
    t.classList.toggle("sel", it.id === this.data.selected);
    t.querySelector(".heart").setAttribute("aria-pressed", !!it.liked);
    const sign = JSON.stringify([it.title, it.sub, it.badge, it.bars, it.tone]);
    if (t.sign === sign) return;
    t.sign = sign;
    const cap = p.querySelector(".cap");
    cap.replaceChildren(el("b", "", it.title), el("span", "", it.sub));
    cap.classList.toggle("long", (it.sub || "").length > 34);
    for (const x of p.querySelectorAll(".badge,.bars")) x.remove();
    if (it.badge) {
      const b = el("span", "badge" + (it.tone ? "" : " plain"), it.badge);
      if (it.tone) b.style.setProperty("--dot", tone(it.tone));
      p.append(b);
    }
    if (it.bars) {
      const b = el("span", "bars");
      it.bars.forEach((v, k) => {
        const q = el("span");
        q.style.cssText = `flex:${v};background:${tone(Object.keys(TONES)[k])}`;
        b.append(q);
      });
      p.append(b);
      cap.style.paddingBottom = "15px";
    }
  }
  rove() {
    for (const t of this.live.values()) t.firstChild.tabIndex = t.index === this.at ? 0 : -1;
  }
  like(c) {
    c.it.liked = !c.it.liked;
    this.drawn = null;
    this.paint(false);
    this.act("like", c.it.id, { on: c.it.liked });
  }
  act(what, id, more = {}) {
    this.fire("act", { do: what, id, ...more });
  }
  key(e) {
    const c = this.cells[this.at];
    if (!c || e.ctrlKey || e.metaKey || e.altKey) return;
    const k = e.key;
    let to = this.at;
    if (k === "ArrowRight") to++;
    else if (k === "ArrowLeft") to--;
    else if (k === "Home") to = 0;
    else if (k === "End") to = this.cells.length - 1;
    else if (k === "ArrowDown" || k === "ArrowUp") {
      const row = c.row + (k === "ArrowDown" ? 1 : -1),
        mid = c.x + c.w / 2;
      let best = 1e9;
      this.cells.forEach((d, i) => {
        if (d.row === row) {
          const off = Math.abs(d.x + d.w / 2 - mid);
          if (off < best) {
            best = off;
            to = i;
          }
        }
      });
    } else if (KEYS[k.toLowerCase()]) {
      e.preventDefault();
      k.toLowerCase() === "l" ? this.like(c) : this.act(KEYS[k.toLowerCase()], c.it.id);
      return;
    } else if (k === "Escape") {
      e.target.blur?.();
      this.act("close", c.it.id);
      return;
    } else return;
    e.preventDefault();
    to = Math.max(0, Math.min(this.cells.length - 1, to));
    if (to === this.at) return;
    this.at = to;
    const d = this.cells[to],
      r = this.box.getBoundingClientRect();
    const scroller = (() => {
      let n = this.root.host || this.box;
      while ((n = n.parentElement))
        if (/auto|scroll/.test(getComputedStyle(n).overflowY) && n.scrollHeight > n.clientHeight)
          return n;
      return document.scrollingElement;
    })();
    if (r.top + d.y < 90) scroller.scrollBy(0, r.top + d.y - 90);
    else if (r.top + d.y + d.h > innerHeight - 24)
      scroller.scrollBy(0, r.top + d.y + d.h - innerHeight + 24);
    this.paint(false);
    this.rove();
    this.live.get(d.key)?.firstChild.focus({ preventScroll: true });
  }
}
export default function ({ data, parentElement, setTriggerValue }) {
  const g = (parentElement.gallery ??= new Gallery(parentElement));
  g.fire = setTriggerValue;
  g.update(data);
}
