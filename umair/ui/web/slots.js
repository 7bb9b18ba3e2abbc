const LARGEST = 12e6; // bytes of a file that is sent as it is; a larger one is made smaller here first
const SMALLER_PX = 2048;

const dataUrl = (blob) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });

// The bytes of the file, so that the server judges the picture itself; only very large ones are redrawn in the browser.
async function asDataUrl(file) {
  if (file.size <= LARGEST) return dataUrl(file);
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SMALLER_PX / Math.max(bitmap.width, bitmap.height));
  const canvas = el("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}

export default function ({ data, parentElement: root, setTriggerValue }) {
  const act = (what, slot, more = {}) => setTriggerValue("act", { do: what, slot, ...more });
  const take = async (files, slot, box) => {
    const file = [...files].find((f) => f.type.startsWith("image/"));
    if (!file) {
      if (files.length) act("bad", slot, { name: files[0].name });
      return;
    }
    box?.classList.add("busy");
    try {
      act("file", slot, { name: file.name || "pasted picture", data: await asDataUrl(file) });
    } catch {
      box?.classList.remove("busy");
      act("bad", slot, { name: file.name });
    }
  };

  const filled = (slot) => {
    const place = el("div", "slot full");
    place.style.setProperty("--tall", slot.tall + "px");
    place.append(img(slot.picture, "full", slot.alt || "Your picture"));
    if (slot.label) {
      const tag = el("span", "tag", slot.label);
      tag.style.setProperty("--dot", tone(slot.tone));
      place.append(tag);
    }
    const away = el("button", "x", null, { "aria-label": "Take this picture away" });
    away.append(icon("close"));
    away.onclick = (e) => {
      e.stopPropagation();
      act("clear", slot.key);
    };
    place.append(away);
    return place;
  };

  const empty = (slot) => {
    const place = el("div", "slot", null, { tabindex: 0, role: "button" });
    const input = el("input", "", null, { type: "file", accept: "image/*", hidden: "" });
    const say = el("div", "say");
    say.append(icon("up"), el("b", "", slot.label), el("span", "", slot.hint || ""));
    place.append(say, input);
    place.onclick = () => input.click();
    place.onkeydown = (e) => {
      if (e.key !== "Enter" && e.key !== " ") return;
      e.preventDefault();
      input.click();
    };
    input.onclick = (e) => e.stopPropagation();
    input.onchange = () => {
      take(input.files, slot.key, place);
      input.value = "";
    };
    return place;
  };

  const box = el("div", "slots" + (data.big ? " big" : ""));
  data.slots.forEach((slot, n) => {
    if (data.swap && n === data.slots.length - 1) {
      const swap = el("button", "swap", null, { "aria-label": "Swap the two pictures" });
      swap.append(icon("swap"));
      swap.onclick = () => act("swap", slot.key);
      box.append(swap);
    }
    const place = slot.picture ? filled(slot) : empty(slot);
    place.classList.toggle("half", !!slot.half);
    place.ondragover = (e) => {
      e.preventDefault();
      place.classList.add("over");
    };
    place.ondragleave = () => place.classList.remove("over");
    place.ondrop = (e) => {
      e.preventDefault();
      place.classList.remove("over");
      const dragged = /^umair:(.+)$/.exec(e.dataTransfer.getData("text/plain"));
      if (dragged) act("pick", slot.key, { id: dragged[1] });
      else take(e.dataTransfer.files, slot.key, place);
    };
    box.append(place);
  });
  root.querySelector(".slots")?.remove();
  root.append(box);

  if (root.onpaste) document.removeEventListener("paste", root.onpaste);
  const target = (data.slots.find((s) => !s.picture) || data.slots[0]).key;
  root.onpaste = (e) => {
    if (!box.isConnected) return document.removeEventListener("paste", root.onpaste);
    if (e.clipboardData?.files.length) {
      e.preventDefault();
      take(e.clipboardData.files, target, box.querySelector(".slot:not(.full)"));
    }
  };
  document.addEventListener("paste", root.onpaste);
}
