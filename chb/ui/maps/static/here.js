/* Where the map is looking, in words, in its corner: nothing is asked of the server for it.
 * From so far away that no cell can be told from the next it says so, and shows the way back.
 */
"use strict";
holdfast.here = (() => {
  const NEAR_M = 5000;
  const CELLS_FROM_ZOOM = 9;
  const RING = { radius: 24, color: "#14263f", weight: 3, dashArray: "7 5", fill: false, interactive: false };
  let corner = null;
  let names = [];

  /** Put the box on a map: the area's name and bounds, and how to show all of it. */
  function setup(map, { area, bounds }, showAll) {
    const control = L.control({ position: "topleft" });
    const box = holdfast.element("section", "holdfast-here");
    box.setAttribute("aria-label", "What the map shows");
    const words = holdfast.element("p");
    const back = holdfast.element("button", "", "Whole area");
    back.type = "button";
    back.addEventListener("click", showAll);
    L.DomEvent.disableClickPropagation(back);
    box.append(words, back);
    control.onAdd = () => box;
    control.addTo(map);
    corner = { map, area, bounds: L.latLngBounds(bounds), words, back, ring: null };
    map.on("moveend", tell);
    tell();
  }

  /** Names that a place may be known by: the labels of the base, roads left out. */
  function know(labels) {
    names = labels.filter(({ kind }) => kind !== "road");
    if (corner) tell();
  }

  function tell() {
    const { map, area, bounds, words, back } = corner;
    const isFar = map.getZoom() < CELLS_FROM_ZOOM;
    const isOutside = !map.getBounds().intersects(bounds);
    const where = isFar ? "Too far out to tell cells apart" : isOutside ? `Outside ${area || "the area"}` : nearest(map);
    words.replaceChildren(holdfast.element("strong", "", where), holdfast.element("span", "", across(map, area)));
    back.className = isFar || isOutside ? "holdfast-wanted" : "";
    mark(isFar);
    holdfast.facts.here = where;
  }

  function nearest(map) {
    const centre = map.getCenter();
    let name = "";
    let least = NEAR_M;
    for (const { at, text } of names) {
      const away = map.distance(centre, at);
      if (away < least) [least, name] = [away, text];
    }
    return name ? `Near ${name}` : `${centre.lat.toFixed(3)}, ${centre.lng.toFixed(3)}`;
  }

  function across(map, area) {
    const view = map.getBounds();
    const middle = map.getCenter().lat;
    const km = map.distance([middle, view.getWest()], [middle, view.getEast()]) / 1000;
    const width = `${km.toLocaleString("en-GB", { maximumSignificantDigits: 2 })} km across`;
    return area ? `${area} · ${width}` : width;
  }

  /** A ring round an area that would be a speck. */
  function mark(isFar) {
    if (corner.ring) corner.ring.remove();
    corner.ring = isFar ? L.circleMarker(corner.bounds.getCenter(), RING).addTo(corner.map) : null;
  }

  return { setup, know, CELLS_FROM_ZOOM };
})();
