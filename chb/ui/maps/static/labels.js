/* Names above the cells: the important first, and none on top of another. */
"use strict";
holdfast.labels = (() => {
  const GAP = 6;
  let layAgain = () => {};
  let isHidden = false;

  /** Show labels, most important first: longitude, latitude, text, kind, fromZoom. */
  function show(map, labels) {
    const pane = holdfast.pane(map, "holdfast-labels", 450);
    const made = labels.map(([longitude, latitude, text, kind, fromZoom]) => ({
      at: L.latLng(latitude, longitude),
      fromZoom,
      element: holdfast.element("div", `holdfast-label ${kind}`, text),
      text,
      kind,
      size: null,
    }));
    holdfast.here.know(made);
    layAgain = () => layOut(map, pane, made);
    map.on("zoomstart", () => pane.replaceChildren());
    map.on("moveend viewreset", () => layAgain());
    layAgain();
  }

  /** Something else was written on the map: make room for it. */
  function refresh() {
    layAgain();
  }

  /** Pictures of the ground came, and names are in them. */
  function hide() {
    isHidden = true;
    layAgain();
  }

  function layOut(map, pane, labels) {
    pane.replaceChildren();
    if (isHidden) return;
    const names = holdfast.overlays.shownNames();
    const said = new Set(names.map((name) => name.querySelector("strong").textContent));
    const taken = occupied(map, names);
    const before = taken.length;
    const view = map.getBounds().pad(0.05);
    const zoom = map.getZoom();
    for (const label of labels) {
      if (said.has(label.element.textContent)) continue;
      if (zoom < label.fromZoom || !view.contains(label.at)) continue;
      const point = map.latLngToLayerPoint(label.at);
      label.size = label.size || measured(pane, label.element);
      const box = boxAbout(point, label.size);
      if (taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      label.element.style.left = `${point.x}px`;
      label.element.style.top = `${point.y}px`;
      pane.append(label.element);
    }
    holdfast.facts.labels = taken.length - before;
  }

  /** Boxes of the names of places and of the key, which cover what is under them. */
  function occupied(map, names) {
    const frame = map.getContainer().getBoundingClientRect();
    const key = document.querySelectorAll(".holdfast-legend, .holdfast-here");
    return [...key, ...names].map((written) => {
      const box = written.getBoundingClientRect();
      const corner = map.containerPointToLayerPoint([box.left - frame.left, box.top - frame.top]);
      return { left: corner.x, top: corner.y, right: corner.x + box.width, bottom: corner.y + box.height };
    });
  }

  function measured(pane, element) {
    pane.append(element);
    const size = { width: element.offsetWidth, height: element.offsetHeight };
    element.remove();
    return size;
  }

  function boxAbout({ x, y }, { width, height }) {
    return {
      left: x - width / 2 - GAP, right: x + width / 2 + GAP,
      top: y - height / 2 - GAP, bottom: y + height / 2 + GAP,
    };
  }

  function overlap(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  }

  return { show, refresh, hide, overlap };
})();
