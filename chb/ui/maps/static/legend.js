/* The key to what is on screen now, in the corner of the map. */
"use strict";
holdfast.legend = (() => {
  let control = null;

  /** A title, a line under it, and rows: colour, shape, text, figure. No rows: no legend. */
  function show(map, { title, note, rows }) {
    if (control) control.remove();
    control = null;
    if (!rows.length) return;
    control = L.control({ position: "bottomleft" });
    control.onAdd = () => box(title, note, rows);
    control.addTo(map);
    holdfast.labels.refresh();
  }

  function box(title, note, rows) {
    const made = holdfast.element("section", "holdfast-legend");
    made.setAttribute("aria-label", "Key");
    made.append(holdfast.element("h2", "", title), holdfast.element("p", "", note));
    made.append(...rows.map(row));
    L.DomEvent.disableClickPropagation(made);
    return made;
  }

  function row({ colour, shape, text, figure }) {
    const line = holdfast.element("div");
    const swatch = holdfast.element("i", shape);
    swatch.style.background = colour;
    line.append(swatch, holdfast.element("span", "", text), holdfast.element("em", "", figure));
    return line;
  }

  return { show };
})();
