/* Roads, water, green and boundaries drawn from packed paths: a map without tiles.
 * Paths are whole numbers: the first pair counts from the origin, each further pair from the
 * one before (see chb/ui/maps/basemap.py).
 */
"use strict";
holdfast.basemap = (() => {
  const FIRST_WIDTH_ZOOM = 10;
  const CASING = 1.6;
  const MARGIN = 20;
  const EDGES = { zIndex: 3, isOnlyEdges: true };
  let shown = [];
  let wanted = ["lsoa"];

  /** Fetch and show the base of a map, labels included. */
  async function show(map, { digest, withPictures }) {
    try {
      const packed = await holdfast.request("context", digest);
      // Over pictures of the ground (see tiles.js) only the edges of areas are drawn again.
      const parts = withPictures ? [{}, EDGES] : [{}];
      shown = parts.map((options) => new BaseLayer(packed, options).addTo(map));
      holdfast.labels.show(map, packed.labels);
      holdfast.facts.context = digest;
    } catch (fault) {
      holdfast.facts.fault = fault.message;
      console.error(fault.message);
    }
  }

  /** Which boundaries to draw: `ward`, `lsoa`, both or none. */
  function edges(map, names) {
    if (names.join() === wanted.join()) return;
    wanted = names;
    holdfast.facts.edges = names.join();
    for (const layer of shown) layer.redraw();
  }

  const BaseLayer = L.GridLayer.extend({
    options: { updateWhenZooming: false, keepBuffer: 2, zIndex: 1, pane: "tilePane" },

    initialize({ layers, origin, step }, options) {
      L.setOptions(this, options);
      const drawn = options.isOnlyEdges ? layers.filter(({ style }) => !style.fill && !style.casing) : layers;
      this.layers = drawn.map((layer) => ({
        ...layer,
        paths: layer.paths.map((path) => unpack(path, origin, step)),
      }));
    },

    createTile(coords) {
      const size = this.getTileSize();
      const { canvas, brush } = holdfast.tileCanvas(size);
      const view = tileView(coords, size);
      brush.lineJoin = brush.lineCap = "round";
      for (const layer of this.layers) {
        if (coords.z < layer.style.fromZoom || isLeftOut(layer.name)) continue;
        trace(brush, layer, view);
        paint(brush, layer.style, coords.z);
      }
      return canvas;
    },
  });

  function isLeftOut(name) {
    return (name === "ward" || name === "lsoa") && !wanted.includes(name);
  }

  function tileView(coords, size) {
    const world = 256 * 2 ** coords.z;
    const x = coords.x * size.x;
    const y = coords.y * size.y;
    return {
      world, x, y,
      west: (x - MARGIN) / world, east: (x + size.x + MARGIN) / world,
      north: (y - MARGIN) / world, south: (y + size.y + MARGIN) / world,
    };
  }

  function trace(brush, layer, view) {
    brush.beginPath();
    for (const path of layer.paths) {
      if (path.west > view.east || path.east < view.west) continue;
      if (path.north > view.south || path.south < view.north) continue;
      for (let at = 0; at < path.points.length; at += 2) {
        const x = path.points[at] * view.world - view.x;
        const y = path.points[at + 1] * view.world - view.y;
        if (at === 0) brush.moveTo(x, y);
        else brush.lineTo(x, y);
      }
      if (layer.closed) brush.closePath();
    }
  }

  function paint(brush, style, zoom) {
    const width = style.widths[Math.max(0, Math.min(style.widths.length - 1, zoom - FIRST_WIDTH_ZOOM))];
    if (style.fill) {
      brush.fillStyle = style.fill;
      brush.fill("evenodd");
    }
    brush.setLineDash(style.dash);
    if (style.casing) stroke(brush, style.casing, width + CASING);
    if (style.line) stroke(brush, style.line, width);
  }

  function stroke(brush, colour, width) {
    brush.strokeStyle = colour;
    brush.lineWidth = width;
    brush.stroke();
  }

  /** From differences in steps to points of the unit Mercator world, with their bounds. */
  function unpack(path, [originX, originY], step) {
    const points = new Float64Array(path.length);
    const box = { west: Infinity, east: -Infinity, north: Infinity, south: -Infinity };
    let stepsEast = 0, stepsNorth = 0;
    for (let at = 0; at < path.length; at += 2) {
      stepsEast += path[at];
      stepsNorth += path[at + 1];
      const latitude = ((originY + stepsNorth * step) * Math.PI) / 180;
      const x = (originX + stepsEast * step) / 360 + 0.5;
      const y = 0.5 - Math.asinh(Math.tan(latitude)) / (2 * Math.PI);
      points[at] = x;
      points[at + 1] = y;
      box.west = Math.min(box.west, x);
      box.east = Math.max(box.east, x);
      box.north = Math.min(box.north, y);
      box.south = Math.max(box.south, y);
    }
    return { points, ...box };
  }

  return { show, edges };
})();
