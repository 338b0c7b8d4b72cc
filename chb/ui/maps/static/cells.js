/* The layer of hexagons: painted on canvas tiles, hovered by arithmetic, replaced without a
 * flicker. A click is Leaflet's own map click; the server works out the cell.
 */
"use strict";
holdfast.cells = (() => {
  const MISSING = 63;
  const EDGES_FROM_ZOOM = 14;
  let shown = null;
  let wanted = null;

  /** Show a layer, or none: the digests of where its cells lie and of their classes and values,
   * and its style: colours of classes 1 to 5, and the words of its tooltip. */
  async function show(map, asked) {
    wanted = asked;
    if (!asked) return replaceWith(map, null);
    if (shown && JSON.stringify(shown.asked) === JSON.stringify(asked)) return;
    try {
      const cells = await cellsOf(asked);
      if (wanted === asked) replaceWith(map, new CellLayer(cells, asked));
    } catch (fault) {
      holdfast.facts.fault = fault.message;
      console.error(fault.message);
    }
  }

  /** What the layer on screen has already is not asked for again. */
  async function cellsOf({ cells, classes }) {
    const known = shown ? shown.asked : {};
    const isSamePlaces = known.cells === cells;
    if (isSamePlaces && known.classes === classes) return shown.cells;
    const [places, packed] = await Promise.all([
      isSamePlaces ? shown.cells : holdfast.request("cells", cells).then(holdfast.lattice.decode),
      holdfast.request("classes", classes),
    ]);
    return { ...places, ...holdfast.lattice.decodeClasses(packed, places.count) };
  }

  function replaceWith(map, layer) {
    const old = shown;
    shown = layer;
    holdfast.facts.cells = layer ? layer.cells.count : 0;
    if (!layer) {
      if (old) old.remove();
      holdfast.facts.painted = "";
      return;
    }
    layer.once("load", () => {
      if (old) old.remove();
      if (shown === layer) holdfast.facts.painted = `${layer.asked.cells}/${layer.asked.classes}`;
    });
    layer.addTo(map);
  }

  const CellLayer = L.GridLayer.extend({
    options: { updateWhenZooming: false, keepBuffer: 1, pane: "holdfast-cells" },

    initialize(cells, asked) {
      this.cells = cells;
      this.diameter = diameterOf(cells);
      this.asked = asked;
      L.setOptions(this, asked.style);
    },

    onAdd(map) {
      holdfast.pane(map, "holdfast-cells", 350).style.mixBlendMode = "multiply";
      L.GridLayer.prototype.onAdd.call(this, map);
      this.hover = new Hover(this, map);
      return this;
    },

    onRemove(map) {
      this.hover.stop();
      L.GridLayer.prototype.onRemove.call(this, map);
    },

    createTile(coords) {
      const size = this.getTileSize();
      const { canvas, brush } = holdfast.tileCanvas(size);
      if (coords.z < holdfast.here.CELLS_FROM_ZOOM) return canvas;
      const world = 256 * 2 ** coords.z;
      const corner = { x: coords.x * size.x, y: coords.y * size.y };
      const byClass = this.cellsOnTile(coords, size, world, corner);
      for (const [number, cells] of byClass) {
        const paint = this.paintOf(number, brush);
        if (!paint) continue;
        traceHexagons(brush, this.cells.corners, cells, world, corner);
        fillHexagons(brush, paint, coords.z);
      }
      return canvas;
    },

    paintOf(number, brush) {
      return number === MISSING ? hatching(brush) : this.options.colours[number - 1];
    },

    /** Cells that touch a tile, by class: a box of lattice steps, then a check in pixels. */
    cellsOnTile(coords, size, world, corner) {
      const { i, rows, corners, classes } = this.cells;
      const box = this.stepsOfTile(coords);
      const margin = this.diameter * world + 2;
      const byClass = new Map();
      const lastRow = Math.min(rows.length - 1, box.lastJ);
      for (let j = Math.max(0, box.firstJ); j <= lastRow; j++) {
        const start = holdfast.lattice.firstFrom(this.cells, j, box.firstI);
        if (start < 0) continue;
        for (let cell = start; cell < rows[j].last && i[cell] <= box.lastI; cell++) {
          const x = corners[12 * cell] * world - corner.x;
          const y = corners[12 * cell + 1] * world - corner.y;
          if (x < -margin || y < -margin || x > size.x + margin || y > size.y + margin) continue;
          if (!byClass.has(classes[cell])) byClass.set(classes[cell], []);
          byClass.get(classes[cell]).push(cell);
        }
      }
      return byClass;
    },

    stepsOfTile(coords) {
      const bounds = this._tileCoordsToBounds(coords);
      const ends = [bounds.getNorthWest(), bounds.getNorthEast(), bounds.getSouthWest(), bounds.getSouthEast()];
      const steps = ends.map(({ lat, lng }) => this.cells.toSteps(lat, lng));
      const is = steps.map(([a]) => a);
      const js = steps.map(([, b]) => b);
      return {
        firstI: Math.floor(Math.min(...is)) - 2,
        lastI: Math.ceil(Math.max(...is)) + 2,
        firstJ: Math.floor(Math.min(...js)) - 2,
        lastJ: Math.ceil(Math.max(...js)) + 2,
      };
    },
  });

  /** Width of a cell in the unit world: tiles paint neighbours that reach over their edge. */
  function diameterOf({ corners }) {
    let widest = 0;
    for (let at = 2; at < Math.min(12, corners.length); at++) {
      widest = Math.max(widest, Math.abs(corners[at] - corners[at % 2]));
    }
    return widest;
  }

  function traceHexagons(brush, corners, cells, world, corner) {
    brush.beginPath();
    for (const cell of cells) {
      for (let at = 12 * cell; at < 12 * cell + 12; at += 2) {
        const x = corners[at] * world - corner.x;
        const y = corners[at + 1] * world - corner.y;
        if (at === 12 * cell) brush.moveTo(x, y);
        else brush.lineTo(x, y);
      }
      brush.closePath();
    }
  }

  /** Paler as one comes closer, so that streets show through; thin white edges between. */
  function fillHexagons(brush, paint, zoom) {
    brush.globalAlpha = zoom <= 14 ? 0.86 : zoom === 15 ? 0.72 : 0.55;
    brush.fillStyle = paint;
    brush.fill();
    if (zoom < EDGES_FROM_ZOOM) return;
    brush.globalAlpha = 0.75;
    brush.strokeStyle = "#ffffff";
    brush.lineWidth = 0.7;
    brush.stroke();
  }

  /** Grey strokes for cells that have no value. */
  function hatching(brush) {
    const swatch = document.createElement("canvas");
    swatch.width = swatch.height = 8;
    const pen = swatch.getContext("2d");
    pen.strokeStyle = "#9aa4ae";
    pen.lineWidth = 0.8;
    pen.beginPath();
    for (const shift of [-8, 0, 8]) {
      pen.moveTo(shift, 8);
      pen.lineTo(shift + 8, 0);
    }
    pen.stroke();
    return brush.createPattern(swatch, "repeat");
  }

  /** The outline and the tooltip under the mouse. */
  class Hover {
    constructor(layer, map) {
      Object.assign(this, { layer, map, cell: -1, outline: null });
      this.tooltip = L.tooltip({ direction: "top", offset: [0, -8], opacity: 1 });
      this.move = (event) => this.over(holdfast.lattice.cellAt(layer.cells, event.latlng));
      this.leave = () => this.over(-1);
      map.on("mousemove", this.move);
      map.on("mouseout", this.leave);
    }

    over(cell) {
      if (cell === this.cell) return;
      this.clear();
      this.cell = cell;
      if (cell < 0) return;
      const ring = holdfast.lattice.ring(this.layer.cells, cell);
      this.outline = L.layerGroup([
        L.polygon(ring, { interactive: false, fill: false, color: "#ffffff", weight: 5 }),
        L.polygon(ring, { interactive: false, fill: false, color: "#14263f", weight: 2 }),
      ]).addTo(this.map);
      const top = ring.reduce((highest, corner) => (corner[0] > highest[0] ? corner : highest));
      this.tooltip.setContent(this.words(cell)).setLatLng(top).addTo(this.map);
    }

    words(cell) {
      const { classes, values } = this.layer.cells;
      const { title, decimals, names } = this.layer.options;
      const figure = values[cell].toLocaleString("en-GB", { maximumFractionDigits: decimals });
      const unit = figure === "1" ? this.layer.options.unit_of_one : this.layer.options.unit;
      const missing = classes[cell] === MISSING;
      const box = holdfast.element("div");
      box.append(holdfast.element("strong", "", missing ? "No value" : `${figure} ${unit}`));
      box.append(holdfast.element("span", "", `${title}: ${names[classes[cell]]}`));
      return box;
    }

    clear() {
      if (this.outline) this.outline.remove();
      this.outline = null;
      this.tooltip.remove();
    }

    stop() {
      this.clear();
      this.map.off("mousemove", this.move);
      this.map.off("mouseout", this.leave);
    }
  }

  return { show };
})();
