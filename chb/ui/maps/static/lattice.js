/* From packed cells to hexagons. H3 cells of one resolution on one face of the icosahedron
 * are a lattice: a 3 x 3 matrix turns whole numbers (i, j) into the direction of a cell's
 * centre, and thirds of them into its corners (see geo/lattice.py).
 */
"use strict";
holdfast.lattice = (() => {
  const CORNERS = [[2, 1], [1, 2], [-1, 1], [-2, -1], [-1, -2], [1, -1]].map(([i, j]) => [i / 3, j / 3]);
  const LARGEST_NUMBER = 2047;
  const FIRST_DIGIT = 48;
  const N_DIGITS = 64;
  const FAR = 9;

  /** Where cells lie, in typed arrays indexed by cell. */
  function decode(packed) {
    const places = decodeRuns(bytes(packed.runs), packed.count);
    return {
      count: packed.count,
      ...places,
      corners: cornersOf(packed.matrix, places.i, places.j),
      toSteps: stepsFinder(packed.matrix),
    };
  }

  /** Class and value of each cell. */
  function decodeClasses(packed, count) {
    const classes = digits(packed.classes);
    if (classes.length !== count) throw new Error(`cells: ${classes.length} classes of ${count}`);
    return { classes, values: decodeValues(digits(packed.low), digits(packed.high), packed.largest) };
  }

  /** Numbers from 0 to 63, a character each. */
  function digits(text) {
    return Uint8Array.from(text, (mark) => mark.charCodeAt(0) - FIRST_DIGIT);
  }

  function bytes(base64) {
    return Uint8Array.from(atob(base64), (mark) => mark.charCodeAt(0));
  }

  /** 0, 1, 2, 3 become 0, -1, 1, -2. */
  function unfolded(number) {
    return number & 1 ? -((number + 1) >> 1) : number >> 1;
  }

  /** Runs of neighbours: rows on, steps from the last end (sign folded in), length less one. */
  function decodeRuns(coded, count) {
    const i = new Int32Array(count);
    const j = new Int32Array(count);
    const rows = [];
    let at = 0, cell = 0, row = 0, end = 0;
    const next = () => {
      let number = 0, shift = 0, byte;
      do {
        byte = coded[at++];
        number |= (byte & 127) << shift;
        shift += 7;
      } while (byte & 128);
      return number;
    };
    while (at < coded.length) {
      row += next();
      let step = end + unfolded(next());
      rows[row] = rows[row] || { first: cell, last: cell };
      for (let left = next(); left >= 0; left--) {
        i[cell] = step++;
        j[cell++] = row;
      }
      rows[row].last = cell;
      end = step;
    }
    if (cell !== count) throw new Error(`cells: ${cell} of ${count}`);
    return { i, j, rows };
  }

  /** Square roots of shares of the largest value, as steps of two digits from the cell before. */
  function decodeValues(low, high, largest) {
    const values = new Float64Array(low.length);
    let number = 0;
    for (let cell = 0; cell < low.length; cell++) {
      number += unfolded(low[cell] + N_DIGITS * high[cell]);
      const root = number / LARGEST_NUMBER;
      values[cell] = root * root * largest;
    }
    return values;
  }

  /** Six corners a cell: x and y of the spherical Mercator world, each from 0 to 1. */
  function cornersOf(m, i, j) {
    const corners = new Float64Array(12 * i.length);
    let at = 0;
    for (let cell = 0; cell < i.length; cell++) {
      for (const [di, dj] of CORNERS) {
        const a = i[cell] + di;
        const b = j[cell] + dj;
        const x = m[0] * a + m[1] * b + m[2];
        const y = m[3] * a + m[4] * b + m[5];
        const z = m[6] * a + m[7] * b + m[8];
        corners[at++] = Math.atan2(y, x) / (2 * Math.PI) + 0.5;
        corners[at++] = 0.5 - Math.asinh(z / Math.hypot(x, y)) / (2 * Math.PI);
      }
    }
    return corners;
  }

  /** The way back: from a position in degrees to lattice steps with fractions. */
  function stepsFinder(matrix) {
    const w = inverse(matrix);
    return (latitude, longitude) => {
      const up = (latitude * Math.PI) / 180;
      const round = (longitude * Math.PI) / 180;
      const x = Math.cos(up) * Math.cos(round);
      const y = Math.cos(up) * Math.sin(round);
      const z = Math.sin(up);
      const scale = w[6] * x + w[7] * y + w[8] * z;
      return [(w[0] * x + w[1] * y + w[2] * z) / scale, (w[3] * x + w[4] * y + w[5] * z) / scale];
    };
  }

  function inverse([a, b, c, d, e, f, g, h, i]) {
    const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
    return [
      e * i - f * h, c * h - b * i, b * f - c * e,
      f * g - d * i, a * i - c * g, c * d - a * f,
      d * h - e * g, b * g - a * h, a * e - b * d,
    ].map((cofactor) => cofactor / determinant);
  }

  /** Index of the cell at a position, or -1. The axes are 120 degrees apart. */
  function cellAt(layer, { lat, lng }) {
    const [a, b] = layer.toSteps(lat, lng);
    let nearest = FAR, i = 0, j = 0;
    for (const left of [Math.floor(a), Math.floor(a) + 1]) {
      for (const low of [Math.floor(b), Math.floor(b) + 1]) {
        const x = a - left;
        const y = b - low;
        const distance = x * x + y * y - x * y;
        if (distance < nearest) [nearest, i, j] = [distance, left, low];
      }
    }
    const cell = firstFrom(layer, j, i);
    return cell >= 0 && layer.i[cell] === i ? cell : -1;
  }

  /** First cell of row j at or after step i, by halving; -1 when there is none. */
  function firstFrom(layer, j, i) {
    const row = layer.rows[j];
    if (!row) return -1;
    let low = row.first;
    let high = row.last;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (layer.i[middle] < i) low = middle + 1;
      else high = middle;
    }
    return low < row.last ? low : -1;
  }

  /** The corners of a cell as Leaflet takes them. */
  function ring(layer, cell) {
    return CORNERS.map((_, corner) => {
      const x = layer.corners[12 * cell + 2 * corner];
      const y = layer.corners[12 * cell + 2 * corner + 1];
      return [(180 / Math.PI) * Math.atan(Math.sinh(Math.PI * (1 - 2 * y))), x * 360 - 180];
    });
  }

  return { bytes, decode, decodeClasses, cellAt, firstFrom, ring };
})();
