// Draws the places that the table tells: each as the area in which it lies, never as a point.
"use strict";
(async () => {
  const frame = document.getElementById("map");
  if (!frame || !window.d3 || !window.topojson) return;
  const [page, atlas, notes] = await Promise.all(
    [frame.dataset.source, frame.dataset.atlas, frame.dataset.notes].map(async (each) => (await fetch(each)).json()));
  if (!page.spots.length && !page.countries.length) return;
  const world = topojson.feature(atlas, atlas.objects.countries);
  const byName = new Map(world.features.map((each) => [each.properties.name, each]));
  const byCode = new Map(Object.entries(notes.codes).map(([code, name]) => [code, byName.get(name)]));
  const KM = 111.2;
  const circle = (spot) => d3.geoCircle().center([spot.lon, spot.lat]).radius(spot.radius_km / KM)();
  const areas = page.spots.map((spot) => ({ spot, shape: circle(spot) }));
  const wholes = page.countries.map((spot) => ({ spot, shape: byCode.get(spot.country) })).filter((each) => each.shape);

  // The picture shows all areas; countries as a whole only widen it where nothing nearer is known.
  // Of areas far from the rest, so many that nine claims in ten are seen are left to the table.
  const middle = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];
  const all = areas.flatMap((each) => Array(each.spot.claims).fill(each.spot));
  const heart = all.length ? [middle(all.map((each) => each.lon)), middle(all.map((each) => each.lat))] : [0, 0];
  const near = [...areas].sort((a, b) => d3.geoDistance(heart, [a.spot.lon, a.spot.lat]) - d3.geoDistance(heart, [b.spot.lon, b.spot.lat]));
  let counted = 0;
  const shown = near.filter((each) => { const before = counted; counted += each.spot.claims; return before < all.length * 0.9; });
  const seen = shown.length ? shown.map((each) => ({ type: "Feature", geometry: { type: "Polygon", coordinates: d3.geoCircle().center([each.spot.lon, each.spot.lat]).radius(Math.max(each.spot.radius_km / KM, 2.2))().coordinates } })) : wholes.map((each) => each.shape);
  const width = 960, height = 560;
  const centre = d3.geoCentroid({ type: "FeatureCollection", features: seen });
  const projection = d3.geoMercator().rotate([-centre[0], 0]);
  projection.fitExtent([[40, 24], [width - 120, height - 24]], { type: "FeatureCollection", features: seen });
  projection.clipExtent([[0, 0], [width, height]]);
  const path = d3.geoPath(projection);

  const svg = frame.querySelector("svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const add = (name, attributes, parent = svg) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    parent.append(made);
    return made;
  };
  const styleOf = (conduct) => (conduct ? "c-" + conduct.replaceAll(" ", "-") : "");
  const told = new Map(wholes.map((each) => [each.shape, each.spot]));
  for (const each of world.features) {
    const line = path(each);
    if (!line) continue;
    const spot = told.get(each);
    add("path", { d: line, class: spot ? `land whole ${styleOf(spot.conduct)}` : "land" });
  }
  const disputed = [];
  for (const each of notes.disputed) {
    const between = new Set(each.between);
    const mesh = topojson.mesh(atlas, atlas.objects.countries, (a, b) => a !== b && between.has(a.properties.name) && between.has(b.properties.name));
    const line = path(mesh);
    if (line) { add("path", { d: line, class: "disputed" }); disputed.push(each.note); }
  }
  const placed = [], outside = [];
  for (const { spot, shape } of [...areas].sort((a, b) => b.spot.radius_km - a.spot.radius_km)) {
    const [x, y] = projection([spot.lon, spot.lat]);
    if (x < 0 || y < 0 || x > width || y > height) { outside.push(spot.name); continue; }
    const link = spot.quoted.length ? add("a", { href: `/reports/${spot.quoted[0].report}#e-${spot.quoted[0].claim}`, tabindex: "-1" }) : svg;
    // So small an area is drawn as a ring that can still be seen; its table row says how small it is.
    const radius = Math.max(5 + Math.min(7, Math.sqrt(spot.claims)), projection.scale() * spot.radius_km / 6371 / Math.cos(spot.lat * Math.PI / 180));
    const area = add("circle", { cx: x, cy: y, r: radius.toFixed(1), class: `area ${spot.radius_km > 20 ? "wide " : ""}${styleOf(spot.conduct)}` }, link);
    add("title", {}, area).textContent = `${spot.name}: ${spot.claims} claims, known to the ${spot.precision}`;
    if (placed.every(([px, py]) => Math.abs(px - x) > 90 || Math.abs(py - y) > 15)) {
      placed.push([x, y]);
      add("text", { x: x + radius + 4, y: y + 4 }, link).textContent = spot.name.length > 24 ? spot.name.slice(0, 23) + "…" : spot.name;
    }
  }
  frame.hidden = false;
  const list = document.getElementById("borders");
  for (const note of new Set(disputed)) { const line = document.createElement("li"); line.textContent = note; list.append(line); }
  if (outside.length) { const line = document.createElement("li"); line.textContent = `Outside of the picture: ${outside.join(", ")}.`; list.prepend(line); }
  list.hidden = !list.childElementCount;
})();
