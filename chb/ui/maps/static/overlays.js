/* Outlines of places, the chosen cell, and markers of assets. Each call replaces what the last
 * one drew. Names come as data and are written with textContent: nothing in them is read as code.
 */
"use strict";
holdfast.overlays = (() => {
  const groups = new Map();

  function replace(map, name, layers) {
    if (groups.has(name)) groups.get(name).remove();
    groups.set(name, L.layerGroup(layers).addTo(map));
  }

  /** Places, the important first: rings of [latitude, longitude], colour, dash, width, name and a
   * line under it. The first is drawn last, over the others. */
  function outlines(map, places) {
    replace(map, "outlines", [...places].reverse().flatMap(outline));
    map.off("moveend", shownNames).on("moveend", shownNames);
    shownNames();
    holdfast.labels.refresh();
    holdfast.facts.outlines = places.filter(({ name }) => name).length;
  }

  function outline({ rings, colour, dash, width, name, detail }) {
    const still = { interactive: false, lineJoin: "round" };
    const casing = L.polyline(rings, { ...still, color: "#ffffff", weight: width + 3.5 });
    const line = L.polyline(rings, { ...still, color: colour, weight: width, dashArray: dash || null });
    if (!name) return [casing, line];
    const tip = L.tooltip({ permanent: true, direction: "top", className: "holdfast-place", opacity: 1 });
    tip.setContent(words([["strong", name], ["span", detail]])).setLatLng(northernmost(rings));
    return [casing, line, tip];
  }

  /** Where names would cover each other the important one stays; the others wait for more room. */
  function shownNames() {
    const boxes = [];
    return [...document.querySelectorAll(".holdfast-place")].reverse().filter((name) => {
      const box = name.getBoundingClientRect();
      const covered = boxes.some((other) => holdfast.labels.overlap(box, other));
      name.style.visibility = covered ? "hidden" : "";
      if (!covered) boxes.push(box);
      return !covered;
    });
  }

  function northernmost(rings) {
    return rings.flat().reduce((highest, point) => (point[0] > highest[0] ? point : highest));
  }

  /* A square where Leaflet knows circles only: drawn by its canvas renderer like any marker. */
  const SquareMarker = L.CircleMarker.extend({
    _updatePath() {
      const { _drawing: drawing, _ctx: brush } = this._renderer;
      if (!drawing || this._empty()) return;
      const half = this._radius * 0.88;
      brush.beginPath();
      brush.rect(this._point.x - half, this._point.y - half, 2 * half, 2 * half);
      this._renderer._fillStroke(brush, this);
    },
  });

  /** Assets: latitude, longitude, colour, shape (dot or block), name and lines of detail. */
  function markers(map, assets) {
    replace(map, "markers", assets.map(marker));
    holdfast.facts.markers = assets.length;
  }

  function marker({ latitude, longitude, colour, shape, name, details }) {
    const Marker = shape === "block" ? SquareMarker : L.CircleMarker;
    const look = { radius: 6, color: "#ffffff", weight: 1.8, fillColor: colour, fillOpacity: 1 };
    const lines = [["strong", name], ...details.map((line) => ["span", line])];
    return new Marker([latitude, longitude], look).bindTooltip(() => words(lines), { opacity: 1 });
  }

  /** Where the next asset would stand: a ring with a centre, or nothing. */
  function pin(map, position) {
    if (!position) return replace(map, "pin", []);
    const still = { interactive: false, fill: false };
    replace(map, "pin", [
      L.circleMarker(position, { ...still, radius: 13, color: "#ffffff", weight: 7 }),
      L.circleMarker(position, { ...still, radius: 13, color: "#a3123f", weight: 3.5 }),
      L.circleMarker(position, { radius: 3, stroke: false, fillColor: "#a3123f", fillOpacity: 1, interactive: false }),
    ]);
  }

  function words(lines) {
    const box = holdfast.element("div");
    for (const [tag, text] of lines) if (text) box.append(holdfast.element(tag, "", text));
    return box;
  }

  return { outlines, shownNames, markers, pin };
})();
