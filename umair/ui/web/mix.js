export default function ({ data, parentElement: root, setStateValue }) {
  let m = root.mix;
  if (!m) {
    const box = el("div", "mix"),
      ends = el("div", "ends"),
      side = (t) => {
        const s = el("span"),
          i = el("i");
        i.style.background = tone(t);
        return [s, i, el("b"), el("span")];
      };
    const l = side("style"),
      r = side("content"),
      input = el("input", "", null, { type: "range", min: 0, max: 100, step: 1 });
    l[0].append(l[1], l[3], l[2]);
    r[0].append(r[2], r[3], r[1]);
    ends.append(l[0], r[0]);
    box.append(ends, input);
    root.append(box);
    m = root.mix = {
      l,
      r,
      input,
      show() {
        l[2].textContent = 100 - input.value + "%";
        r[2].textContent = input.value + "%";
        input.setAttribute(
          "aria-valuetext",
          `${100 - input.value} per cent ${l[3].textContent}, ${input.value} per cent ${r[3].textContent}`,
        );
      },
    };
    m.send = throttle((v) => m.set("value", v), 120);
    input.oninput = () => {
      m.show();
      m.send(input.value / 100);
    };
  }
  m.set = setStateValue;
  m.l[3].textContent = data.left;
  m.r[3].textContent = data.right;
  m.input.setAttribute("aria-label", `${data.left} or ${data.right}`);
  if (m.start !== data.value) {
    m.start = data.value;
    m.input.value = Math.round(data.value * 100);
  }
  m.show();
}
