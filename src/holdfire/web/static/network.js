// Draws the network that the table tells, from the same page as JSON.
"use strict";
(async () => {
  const place = document.getElementById("network");
  if (!place || !window.cytoscape) return;
  const page = await (await fetch(place.dataset.source)).json();
  const probe = document.createElement("span");
  document.body.append(probe);
  const colour = (conduct) => {
    probe.className = conduct ? "c-" + conduct.replaceAll(" ", "-") : "";
    return getComputedStyle(probe).getPropertyValue("--c").trim();
  };
  const plain = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const shapes = { attacking: "rectangle", arming: "rectangle", mobilising: "rectangle", coercing: "rectangle" };
  // Colour is never alone: every relation has its own line and end.
  const lines = {
    attacks: ["solid", "triangle"], threatens: ["dashed", "triangle"], restrains: ["solid", "tee"],
    backs: ["solid", "circle"], condemns: ["dashed", "diamond"], mediates: ["dotted", "tee"], talks: ["dotted", "vee"],
  };
  const elements = [];
  for (const each of page.nodes) {
    elements.push({ data: {
      id: each.key, label: each.name.length > 28 ? each.name.slice(0, 27) + "…" : each.name, page: each.page,
      colour: colour(each.deed || each.word), shape: shapes[each.deed] || "ellipse",
      filled: each.deed && shapes[each.deed] ? 1 : 0, told: each.deed || each.word ? 1 : 0,
    } });
  }
  const known = new Set(page.nodes.map((each) => each.key));
  page.ties.forEach((each, number) => {
    if (!known.has(each.actor) || !known.has(each.recipient)) return;
    elements.push({ data: {
      id: "tie" + number, source: each.actor, target: each.recipient, label: each.relation,
      colour: each.conduct ? colour(each.conduct) : plain("--soft"),
      width: each.conduct ? Math.min(6, 1 + Math.sqrt(each.weight)) : 1,
      style: lines[each.relation]?.[0] || "dotted", arrow: lines[each.relation]?.[1] || "vee",
      report: each.best ? `/reports/${each.best.report}#e-${each.best.claim}` : "",
    } });
  });
  probe.remove();
  place.hidden = false;
  const drawing = cytoscape({
    container: place, elements, minZoom: 0.05, maxZoom: 3, userZoomingEnabled: false, boxSelectionEnabled: false,
    style: [
      { selector: "node", style: {
        label: "data(label)", "font-size": 11, "font-family": "system-ui, sans-serif", color: plain("--ink"),
        "text-valign": "bottom", "text-margin-y": 4, "text-outline-color": plain("--paper"), "text-outline-width": 2,
        width: 16, height: 16, shape: "data(shape)", "border-width": 3, "border-color": "data(colour)",
        "background-color": plain("--paper") } },
      { selector: "node[filled = 1]", style: { "background-color": "data(colour)" } },
      { selector: "node[told = 0]", style: { "border-width": 1, "border-color": plain("--soft") } },
      { selector: "edge", style: {
        width: "data(width)", "line-color": "data(colour)", "line-style": "data(style)", "curve-style": "bezier",
        "target-arrow-shape": "data(arrow)", "target-arrow-color": "data(colour)", "arrow-scale": 0.9, opacity: 0.85 } },
    ],
    layout: { name: "cose", animate: false, randomize: false, idealEdgeLength: () => 120, nodeRepulsion: () => 400000, edgeElasticity: () => 120, gravity: 0.6, numIter: 2500, nodeDimensionsIncludeLabels: true, padding: 28, componentSpacing: 60 },
  });
  // The picture is as wide as the page; words and marks keep their size however many there are.
  drawing.nodes().positions((node) => ({ x: node.position("x") * place.clientWidth / place.clientHeight, y: node.position("y") }));
  drawing.fit(undefined, 36);
  const unit = 1 / drawing.zoom();
  drawing.nodes().style({ "font-size": 12 * unit, width: 15 * unit, height: 15 * unit, "text-margin-y": 4 * unit, "text-outline-width": 2.5 * unit });
  drawing.nodes().forEach((node) => node.style("border-width", (node.data("told") ? 2.5 : 1) * unit));
  drawing.edges().forEach((edge) => edge.style({ width: edge.data("width") * unit, "arrow-scale": 0.9 * Math.sqrt(unit) }));
  drawing.on("tap", "node", (event) => { const page = event.target.data("page"); if (page) location.assign(page + location.search); });
  drawing.on("tap", "edge", (event) => { const report = event.target.data("report"); if (report) location.assign(report); });
})();
