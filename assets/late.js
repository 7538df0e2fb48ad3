// Words that this device keeps of a scorecard that takes no more: shown, to copy them, and removed when their writer says so.

import { device } from "./device.js";

const place = document.getElementById("late");

async function show() {
  await device.open(place.dataset);
  const records = (await device.take()).filter((record) => record.label && typeof record.value === "string" && !record.field.endsWith(".seconds"));
  if (!records.length) return;
  const template = place.querySelector("template");
  for (const { label, value } of records) {
    const part = template.content.firstElementChild.cloneNode(true), button = part.querySelector("button");
    part.querySelector("h3").textContent = label;
    part.querySelector(".said").textContent = value || "–";
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => { await navigator.clipboard.writeText(value); button.textContent = button.dataset.copied; });
    template.before(part);
  }
  place.hidden = false;
  document.getElementById("late-forget").addEventListener("click", async () => { await device.forgetWords(); place.hidden = true; });
}

// The kit's next page in this tab takes the words over: they are sent when the job is open again.
if (place) { window.addEventListener("pagehide", () => device.handOver()); show(); }
