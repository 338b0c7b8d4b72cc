/* Thousands of points: painted on canvas tiles, named under the mouse, replaced without a
 * flicker. Where clicks are to find a point, a click near one is moved onto it before the page
 * hears of it. Names come as data and are written with textContent.
 */
"use strict";
holdfast.points = (() => {
  const NEAR_PX = 10;
  const SQUARE = 0.88;
  const TURN = 2 * Math.PI;
  let shown = null;
  let wanted = "";

  /** Show a layer: its digest, what each kind, status and look is called and drawn as, and
   * whether clicks find its points. */
  async function show(map, options) {
    wanted = options.digest;
    if (shown) shown.finds = options.finds;
    if (shown && shown.options.digest === options.digest) return;
    if (!options.digest) return replaceWith(map, null);
    try {
      const packed = await holdfast.request("points", options.digest);
      if (wanted === options.digest) replaceWith(map, new PointLayer(decode(packed), options));
    } catch (fault) {
      holdfast.facts.fault = fault.message;
      console.error(fault.message);
    }
  }

  function replaceWith(map, layer) {
    const old = shown;
    shown = layer;
    if (layer) layer.addTo(map);
    if (old) old.remove();
    holdfast.facts.markers = layer ? layer.points.names.length : 0;
  }

  /** Steps from a corner become positions in the unit Mercator world. */
  function decode({ origin, step, east, north, kinds, statuses, looks, names }) {
    const bytes = holdfast.lattice.bytes;
    const [stepsEast, stepsNorth] = [east, north].map((planes) => numbers(bytes(planes)));
    const at = new Float64Array(2 * names.length);
    for (let point = 0; point < names.length; point++) {
      const latitude = ((origin[1] + stepsNorth[point] * step) * Math.PI) / 180;
      at[2 * point] = (origin[0] + stepsEast[point] * step) / 360 + 0.5;
      at[2 * point + 1] = 0.5 - Math.asinh(Math.tan(latitude)) / TURN;
    }
    return { at, kinds: bytes(kinds), statuses: bytes(statuses), looks: bytes(looks), names };
  }

  /** Whole numbers of four bytes each: all their lowest bytes come first. */
  function numbers(planes) {
    const count = planes.length / 4;
    return Uint32Array.from({ length: count }, (_, at) =>
      planes[at] | (planes[count + at] << 8) | (planes[2 * count + at] << 16) | (planes[3 * count + at] << 24));
  }

  function radiusAt(zoom) {
    return zoom >= 14 ? 6 : zoom >= 12 ? 5.5 : 4.5;
  }

  const PointLayer = L.GridLayer.extend({
    options: { updateWhenZooming: false, keepBuffer: 1, pane: "holdfast-points" },

    initialize(points, options) {
      this.points = points;
      this.finds = options.finds;
      L.setOptions(this, options);
    },

    onAdd(map) {
      holdfast.pane(map, "holdfast-points", 420);
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
      const world = 256 * 2 ** coords.z;
      const radius = radiusAt(coords.z);
      const margin = radius + 2;
      const { at } = this.points;
      for (let point = 0; point < at.length; point += 2) {
        const x = at[point] * world - coords.x * size.x;
        const y = at[point + 1] * world - coords.y * size.y;
        if (x < -margin || y < -margin || x > size.x + margin || y > size.y + margin) continue;
        this.mark(brush, point / 2, x, y, radius);
      }
      return canvas;
    },

    /** A full mark in a white rim; a hollow one for what nobody has looked at for long. */
    mark(brush, point, x, y, radius) {
      const { colour, shape } = this.options.kinds[this.points.kinds[point]];
      const { hollow } = this.options.looks[this.points.looks[point]];
      trace(brush, shape, x, y, radius + 1);
      brush.fillStyle = "#ffffff";
      brush.fill();
      trace(brush, shape, x, y, hollow ? radius - 1 : radius);
      brush.strokeStyle = brush.fillStyle = colour;
      brush.lineWidth = 2;
      if (hollow) brush.stroke();
      else brush.fill();
    },

    /** The point nearest to a position of the map, within reach of the mouse; -1 for none. */
    nearest(latlng) {
      const { at } = this.points;
      const world = 256 * 2 ** this._map.getZoom();
      const { x, y } = this._map.project(latlng);
      let found = -1, best = NEAR_PX ** 2;
      for (let point = 0; point < at.length; point += 2) {
        const distance = (at[point] * world - x) ** 2 + (at[point + 1] * world - y) ** 2;
        if (distance > best) continue;
        best = distance;
        found = point / 2;
      }
      return found;
    },

    positionOf(point) {
      const { at } = this.points;
      const world = 256 * 2 ** this._map.getZoom();
      return this._map.unproject([at[2 * point] * world, at[2 * point + 1] * world]);
    },
  });

  function trace(brush, shape, x, y, radius) {
    brush.beginPath();
    const half = radius * SQUARE;
    if (shape === "block") brush.rect(x - half, y - half, 2 * half, 2 * half);
    else brush.arc(x, y, radius, 0, TURN);
  }

  /** Before anybody else hears of a click: near a point it is a click on that point. */
  function watchClicks(map) {
    map.on("click", (event) => {
      if (!shown || !shown.finds || event.dragged) return;
      const point = shown.nearest(event.latlng);
      if (point >= 0) event.latlng = shown.positionOf(point);
    });
  }

  /** The name under the mouse. */
  class Hover {
    constructor(layer, map) {
      Object.assign(this, { layer, map, point: -1 });
      this.tooltip = L.tooltip({ direction: "top", offset: [0, -8], opacity: 1 });
      this.move = (event) => this.over(layer.nearest(event.latlng));
      this.leave = () => this.over(-1);
      map.on("mousemove", this.move);
      map.on("mouseout", this.leave);
    }

    over(point) {
      if (point === this.point) return;
      this.point = point;
      this.tooltip.remove();
      if (point < 0) return;
      this.tooltip.setContent(this.words(point)).setLatLng(this.layer.positionOf(point)).addTo(this.map);
    }

    words(point) {
      const { names, kinds, statuses, looks } = this.layer.points;
      const said = this.layer.options;
      const box = holdfast.element("div");
      box.append(holdfast.element("strong", "", names[point]));
      box.append(holdfast.element("span", "", said.kinds[kinds[point]].label));
      box.append(holdfast.element("span", "", said.statuses[statuses[point]]));
      box.append(holdfast.element("span", "", said.looks[looks[point]].label));
      return box;
    }

    stop() {
      this.tooltip.remove();
      this.map.off("mousemove", this.move);
      this.map.off("mouseout", this.leave);
    }
  }

  return { show, watchClicks };
})();
