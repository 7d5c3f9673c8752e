// Draws the weeks that the table tells: acts, what was usual, the spell of silence, and how much else was reported.
"use strict";
(async () => {
  const place = document.getElementById("silence-chart");
  if (!place || !window.Plot) return;
  const page = await (await fetch(place.dataset.source)).json();
  const silence = page.silence;
  const DAY = 86400000;
  const weeks = silence.weeks.map((each) => ({ ...each, from: new Date(each.start), to: new Date(Date.parse(each.start) + 7 * DAY) }));
  const end = weeks[weeks.length - 1].to;
  const quiet = silence.since && ["quiet beyond chance", "fewer acts than usual", "not reported"].includes(silence.verdict);
  const spell = quiet ? [{ from: new Date(silence.since), to: end }] : [];
  const plain = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const common = { width: Math.min(960, Math.max(320, place.clientWidth || 960)), marginLeft: 44, marginRight: 12, x: { type: "utc", domain: [weeks[0].from, end], label: null } };
  const acts = Plot.plot({
    ...common, height: 170, y: { label: `${silence.own} a week`, grid: true, nice: true, domain: [0, Math.max(4, silence.usual_week || 0, ...weeks.map((each) => each.acts))] },
    marks: [
      Plot.rectX(spell, { x1: "from", x2: "to", fill: plain("--wash"), stroke: plain("--soft"), strokeDasharray: "3 3" }),
      Plot.rectY(weeks, { x1: "from", x2: "to", y: "acts", fill: plain("--ink"), insetLeft: 0.5, insetRight: 0.5 }),
      ...(silence.usual_week == null ? [] : [
        Plot.ruleY([silence.usual_week], { stroke: plain("--accent"), strokeDasharray: "6 4" }),
        Plot.text([silence.usual_week], { y: (value) => value, x: () => weeks[0].from, text: (value) => `usual: ${value.toFixed(1)}`, textAnchor: "start", dy: -7, dx: 2, fill: plain("--accent"), stroke: plain("--paper"), strokeWidth: 3 }),
      ]),
      Plot.ruleY([0], { stroke: plain("--soft") }),
    ],
  });
  const reports = Plot.plot({
    ...common, height: 90, y: { label: "other reports a week", ticks: 3, nice: true },
    marks: [Plot.areaY(weeks, { x: "from", y: "reports", fill: plain("--line"), curve: "step-after" }), Plot.ruleY([0], { stroke: plain("--soft") })],
  });
  place.append(acts, reports);
  // A picture is one thing to those who hear it; the table beneath says the same.
  for (const svg of place.querySelectorAll("svg")) {
    for (const each of svg.querySelectorAll("[aria-label]")) each.removeAttribute("aria-label");
    svg.setAttribute("role", "img");
  }
  acts.setAttribute("aria-label", `${silence.own} a week over the last year: ${silence.verdict}`);
  reports.setAttribute("aria-label", "Other reports a week over the last year");
  place.hidden = false;
})();
