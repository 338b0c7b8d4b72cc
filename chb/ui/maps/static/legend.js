/* The key to what is on screen now, in the corner of the map. Folded, it stays folded. */
"use strict";
holdfast.legend = (() => {
  let control = null;
  let isFolded = window.innerWidth < holdfast.ROOM_FOR_KEY_PX;
  let isWarned = false;

  /** A title, lines under it (its unit; its area, months and scheme), squares of two measures,
   * rows (colour, shape, text, figure), and what to beware of. */
  function show(map, wanted) {
    const { rows, squares } = wanted;
    if (control) control.remove();
    control = null;
    if (!rows.length && !squares) return;
    control = L.control({ position: "bottomleft" });
    control.onAdd = () => box(wanted);
    control.addTo(map);
    holdfast.labels.refresh();
  }

  function box({ title, note, about, rows, squares, caveats }) {
    const made = holdfast.element("section", "holdfast-legend");
    made.setAttribute("aria-label", "Key");
    const fold = holdfast.element("details");
    const handle = holdfast.element("summary");
    handle.append(holdfast.element("h2", "", title));
    fold.append(handle, holdfast.element("p", "", note));
    if (about) fold.append(holdfast.element("p", "holdfast-about", about));
    if (squares) fold.append(field(squares));
    fold.append(...rows.map(row));
    if (caveats.length) fold.append(holdfast.element("p", "holdfast-beware", caveats[0]));
    if (caveats.length > 1) fold.append(warnings(caveats.slice(1)));
    fold.open = !isFolded;
    fold.addEventListener("toggle", () => {
      isFolded = !fold.open;
      holdfast.labels.refresh();
    });
    made.append(fold);
    L.DomEvent.disableClickPropagation(made);
    return made;
  }

  /** What else to beware of; opened, it stays open. */
  function warnings(caveats) {
    const made = holdfast.element("details");
    made.append(holdfast.element("summary", "", `${caveats.length} more to beware of`));
    const list = holdfast.element("ul");
    list.append(...caveats.map((caveat) => holdfast.element("li", "", caveat)));
    made.append(list);
    made.open = isWarned;
    made.addEventListener("toggle", () => {
      isWarned = made.open;
      holdfast.labels.refresh();
    });
    return made;
  }

  /** Rows of squares, the words of the upward measure beside them, of the other under them. */
  function field({ colours, up, across }) {
    const made = holdfast.element("section", "holdfast-squares");
    colours.forEach((row, at) => {
      const words = at === 0 ? up[0] : at === colours.length - 1 ? up[1] : "";
      made.append(holdfast.element("span", "", words));
      made.append(...row.map(square));
    });
    made.append(holdfast.element("span"), ...across.map((words) => holdfast.element("em", "", words)));
    return made;
  }

  function square(colour) {
    const made = holdfast.element("i");
    made.style.background = colour;
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
