/* Outlines of places, the chosen cell, and the pin. Each call replaces what the last
 * one drew. Names come as data and are written with textContent: nothing in them is read as code.
 */
"use strict";
holdfast.overlays = (() => {
  const groups = new Map();

  function replace(map, name, layers) {
    if (groups.has(name)) groups.get(name).remove();
    groups.set(name, L.layerGroup(layers).addTo(map));
  }

  /** Places, the important first: rings of [latitude, longitude], colour, dash, width, name, a line
   * under it, and whether to look at it. The first is drawn last, over the others. */
  function outlines(map, places) {
    replace(map, "outlines", [...places].reverse().flatMap(outline));
    map.off("moveend", shownNames).on("moveend", shownNames);
    const chosen = places.find(({ focus }) => focus);
    if (chosen) holdfast.lookAt(map, chosen.name, L.latLngBounds(chosen.rings.flat()));
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

  /** Where something stands or would stand: a ring with a centre, or nothing. One with a name
   * is brought into view; one that may be dragged tells the page as a click does. */
  function pin(map, wanted) {
    if (!wanted) return replace(map, "pin", []);
    const at = L.latLng(wanted.latitude, wanted.longitude);
    const still = { interactive: false, fill: false };
    const layers = [
      L.circleMarker(at, { ...still, radius: 13, color: "#ffffff", weight: 7 }),
      L.circleMarker(at, { ...still, radius: 13, color: "#a3123f", weight: 3.5 }),
    ];
    replace(map, "pin", [...layers, wanted.may_be_dragged ? handle(map, at, layers) : centre(at)]);
    if (wanted.name && !map.getBounds().contains(at)) holdfast.lookAt(map, wanted.name, L.latLngBounds([at]));
  }

  function centre(at) {
    return L.circleMarker(at, { radius: 3, stroke: false, fillColor: "#a3123f", fillOpacity: 1, interactive: false });
  }

  /** What the mouse takes hold of; its ring goes with it. */
  function handle(map, at, ring) {
    const icon = L.divIcon({ className: "holdfast-handle", iconSize: [30, 30] });
    const made = L.marker(at, { icon, draggable: true, keyboard: false });
    made.on("drag", () => ring.forEach((circle) => circle.setLatLng(made.getLatLng())));
    made.on("dragend", () => map.fire("click", { latlng: made.getLatLng(), dragged: true }));
    return made;
  }

  function words(lines) {
    const box = holdfast.element("div");
    for (const [tag, text] of lines) if (text) box.append(holdfast.element(tag, "", text));
    return box;
  }

  return { outlines, shownNames, pin };
})();
