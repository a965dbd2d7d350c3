// Runs in a page that the browser test writes: it finds labels that overlap, faults of accessibility, and what the controls do, and
// leaves the result in the page.
(async function () {
  "use strict";
  const report = { errors: [], overlaps: [], axe: [], labels: 0, found: "", hits: 0, rows: 0, filtered: 0, tooltips: 0, focusable: 0 };
  window.addEventListener("error", (e) => report.errors.push(String(e.message)));
  document.querySelectorAll("details").forEach((d) => { d.open = true; });
  for (const picture of document.querySelectorAll(".picture > svg")) {
    const frame = picture.getBoundingClientRect();
    const boxes = [...picture.querySelectorAll("text")].map((t) => {
      const b = t.getBoundingClientRect(), cell = t.parentElement !== picture && t.parentElement.tagName === "svg" ? t.closest("g").querySelector("rect") : null;
      const room = cell ? cell.getBoundingClientRect() : frame;
      // lines of letters are lower than the boxes of fonts with room for accents
      return { text: t.textContent, left: b.left, right: b.right, top: b.top + b.height * 0.2, bottom: b.bottom - b.height * 0.15, room: room };
    });
    report.labels += boxes.length;
    boxes.forEach((a, i) => {
      if (a.right > a.room.right + 1 || a.left < a.room.left - 1 || a.top < a.room.top - 1 || a.bottom > a.room.bottom + 1) {
        report.overlaps.push(a.text + " is outside of its cell");
      }
      for (const b of boxes.slice(0, i)) {
        if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) {
          report.overlaps.push(a.text + " overlaps " + b.text);
        }
      }
    });
  }
  report.tooltips = document.querySelectorAll(".cell > title").length;
  report.focusable = [...document.querySelectorAll("input, select, button, summary, [tabindex='0']")].filter((e) => { e.focus(); return document.activeElement === e; }).length;
  const input = (id, value, event) => { const e = document.getElementById(id); e.value = value; e.dispatchEvent(new Event(event)); };
  const visible = () => document.querySelectorAll("tbody tr:not([hidden])").length;
  report.rows = visible();
  input("address", document.body.dataset.find, "input");
  report.found = document.getElementById("answer").textContent;
  report.hits = document.querySelectorAll(".cell.hit").length;
  report.answers = JSON.parse(document.body.dataset.asked).map((asked) => {
    input("address", asked, "input");
    return document.getElementById("answer").textContent;
  });
  input("owner", document.body.dataset.owner, "input");
  report.filtered = visible();
  document.getElementById("reset").click();
  if (visible() !== report.rows || document.querySelector(".hit, .dim")) { report.errors.push("the page is not as before"); }
  const result = await axe.run(document, { resultTypes: ["violations"] });
  report.axe = result.violations.map((v) => v.impact + " " + v.id + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" | "));
  const out = document.createElement("pre");
  out.id = "report";
  out.textContent = JSON.stringify(report);
  document.body.append(out);
})().catch((e) => { const out = document.createElement("pre"); out.id = "report"; out.textContent = JSON.stringify({ errors: [String(e)] }); document.body.append(out); });
