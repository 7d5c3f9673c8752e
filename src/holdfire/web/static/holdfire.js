// What only improves pages that work without it: the day slider, notes at the height of their sentence, tidy addresses.
"use strict";
(() => {
  const DAY = 86400000;

  // The slider moves the date box; the form is sent when it is let go.
  const slide = document.getElementById("slide");
  const box = document.getElementById("valid_on");
  if (slide && box) {
    const first = Date.parse(slide.dataset.first);
    const dayOf = (number) => new Date(first + number * DAY).toISOString().slice(0, 10);
    slide.closest(".slide").hidden = false;
    const tell = () => slide.setAttribute("aria-valuetext", dayOf(Number(slide.value)));
    tell();
    slide.addEventListener("input", () => { box.value = dayOf(Number(slide.value)); tell(); });
    box.addEventListener("change", () => {
      const day = Date.parse(box.value);
      if (!Number.isNaN(day)) { slide.value = Math.round((day - first) / DAY); tell(); }
    });
    // Pages without htmx are asked for again as a whole.
    const form = slide.form;
    if (!form.hasAttribute("hx-get")) slide.addEventListener("change", () => form.requestSubmit());
  }

  // Empty fields stay out of addresses.
  document.addEventListener("htmx:configRequest", (event) => {
    for (const [name, value] of [...event.detail.formData.entries()]) if (value === "") event.detail.formData.delete(name);
  });
  for (const form of document.querySelectorAll("form[method=get]")) {
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
    });
  }

  // In print everything that is folded is open.
  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("details.cell:not([open])")) { each.open = true; each.dataset.printed = ""; }
  });
  addEventListener("afterprint", () => {
    for (const each of document.querySelectorAll("details[data-printed]")) { each.open = false; delete each.dataset.printed; }
  });

  // A note stands at the height of its sentence, or below the note before it; the text flows on beside them.
  const align = () => {
    const report = document.querySelector(".report");
    const notes = [...report.querySelectorAll(".note")];
    const lists = [...report.querySelectorAll(".notes")];
    report.style.minHeight = "";
    for (const each of [...notes, ...lists]) each.removeAttribute("style");
    if (getComputedStyle(lists[0].parentElement).gridTemplateColumns.split(" ").length < 2) return;
    const frame = report.getBoundingClientRect();
    const left = lists[0].getBoundingClientRect().left - frame.left;
    const tops = notes.map((note) => document.getElementById("e-" + note.id.slice(2))?.getBoundingClientRect().top - frame.top);
    let free = 0;
    notes.forEach((note, number) => {
      Object.assign(note.style, { position: "absolute", left: `${left}px`, right: "0", margin: "0" });
      const top = Math.max(Number.isFinite(tops[number]) ? tops[number] : 0, free);
      note.style.top = `${Math.round(top)}px`;
      free = top + note.offsetHeight + 10;
    });
    report.style.minHeight = `${Math.round(free)}px`;
  };
  if (document.querySelector(".report .notes")) {
    align();
    let waiting = 0;
    addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(align, 150); });
    // Pointing at evidence strengthens its notes; nothing moves.
    for (const each of document.querySelectorAll("a.ev[data-claims]")) {
      const notes = each.dataset.claims.split(" ").map((id) => document.getElementById("c-" + id)).filter(Boolean);
      const near = (on) => () => notes.forEach((note) => note.classList.toggle("near", on));
      for (const name of ["pointerenter", "focus"]) each.addEventListener(name, near(true));
      for (const name of ["pointerleave", "blur"]) each.addEventListener(name, near(false));
    }
  }
})();
