/* Pictures of the ground from a tile service, where the server's settings name one. They lie
 * over our own ground, which stays in sight wherever a picture is missing.
 */
"use strict";
holdfast.tiles = (() => {
  const OVER_GROUND = 2;
  const LARGEST_ZOOM = 19;

  /** Lay the pictures: the address, the layers of a map service (or none), and whom to name. */
  function show(map, { url, layers, owner }) {
    const options = { zIndex: OVER_GROUND, maxZoom: LARGEST_ZOOM };
    const pictures = layers
      ? L.tileLayer.wms(url, { ...options, layers, format: "image/png" })
      : L.tileLayer(url, options);
    // One missing picture is no fault of the page: the ground under it shows.
    pictures.once("tileload", () => {
      holdfast.labels.hide();
      holdfast.facts.tiles = true;
    });
    pictures.addTo(map);
    if (owner) named(owner).addTo(map);
  }

  function named(owner) {
    const control = L.control({ position: "bottomright" });
    control.onAdd = () => holdfast.element("p", "holdfast-owner", owner);
    return control;
  }

  return { show };
})();
