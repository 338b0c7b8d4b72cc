/* First of our scripts in the map's frame: the namespace, the talk with the page, the map's
 * manners. `window.__holdfast` holds plain facts about what is on screen, for tests.
 */
"use strict";
window.holdfast = (() => {
  const PATIENCE_MS = 15000;
  const KEY_WIDTH_PX = 280;
  const MOST_ASIDE = 0.3;
  const ROOM_FOR_KEY_PX = 600;
  const CLOSEST = { animate: false, padding: [70, 70], maxZoom: 15 };
  const facts = (window.__holdfast = { cells: 0, painted: "", context: "", outlines: 0, markers: 0 });
  const waiting = new Map();
  let whenViewIsKnown = null;
  let whenOtherMoves = null;
  let lookedAt = "";

  window.addEventListener("message", (event) => {
    const message = event.data;
    if (event.source !== window.parent || !message) return;
    if (message.holdfast === "layer") layerArrived(message);
    if (message.holdfast === "view" && whenViewIsKnown) whenViewIsKnown(message.view);
    if (message.holdfast === "follow" && whenOtherMoves) whenOtherMoves(message);
  });

  /** A packed layer, fetched by the page; rejects when it is refused or nobody answers. */
  function request(kind, digest) {
    const name = `${kind}/${digest}`;
    if (!waiting.has(name)) {
      const entry = {};
      entry.promise = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
      entry.timer = setTimeout(() => settle(name, null, "no answer"), PATIENCE_MS);
      waiting.set(name, entry);
      window.parent.postMessage({ holdfast: "want", kind, digest }, "*");
    }
    return waiting.get(name).promise;
  }

  function layerArrived({ kind, digest, text, status }) {
    const name = `${kind}/${digest}`;
    if (typeof text === "string") settle(name, JSON.parse(text), "");
    else settle(name, null, `HTTP ${status}`);
  }

  function settle(name, layer, fault) {
    const entry = waiting.get(name);
    if (!entry) return;
    waiting.delete(name);
    clearTimeout(entry.timer);
    if (layer) entry.resolve(layer);
    else entry.reject(new Error(`${name}: ${fault}`));
  }

  /** Called once a map: `key` names its remembered view, `bounds` what it shows at first, `area`
   * what that is called, and `linked` whether it looks where the other map of its key looks. */
  function setup(map, { key, label, bounds, area, linked }) {
    facts.key = key;
    addStyle();
    makeAccessible(map, label);
    map.zoomControl.setPosition("topright");
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    const showAll = () => showBounds(map, bounds);
    showAll();
    holdfast.here.setup(map, { area, bounds }, showAll);
    holdfast.points.watchClicks(map);
    handClicksOn(map);
    keepView(map, key);
    if (linked) link(map, key);
  }

  /** The key stands at the left: the area is moved aside as far as there is room. Where there
   * is none the key is folded. */
  function showBounds(map, bounds) {
    const width = map.getSize().x;
    const aside = width < ROOM_FOR_KEY_PX ? 0 : Math.min(KEY_WIDTH_PX, width * MOST_ASIDE);
    map.fitBounds(bounds, { animate: false, paddingTopLeft: [aside, 0] });
  }

  /** Tell the server of a click at once. The component waits a quarter of a second to do so; then
   * it finds that what it would tell was told, and says nothing. */
  function handClicksOn(map) {
    map.on("click", ({ latlng }) => {
      const component = window.__GLOBAL_DATA__;
      const told = { last_clicked: latlng };
      if (JSON.stringify(component.previous_data) === JSON.stringify(told)) return;
      Object.assign(component, { lat_lng_clicked: latlng, previous_data: told });
      window.Streamlit.setComponentValue(told);
    });
  }

  /** Two maps side by side: the page tells each where the other looks. */
  function link(map, key) {
    let isFollowing = false;
    map.on("move", () => {
      if (!isFollowing) tell("move", map, key);
    });
    whenOtherMoves = (message) => {
      if (message.key !== key) return;
      isFollowing = true;
      map.setView([message.latitude, message.longitude], message.zoom, { animate: false });
      isFollowing = false;
    };
  }

  function makeAccessible(map, label) {
    const container = map.getContainer();
    container.setAttribute("role", "application");
    container.setAttribute("aria-label", label);
    document.documentElement.lang = "en-GB";
    document.title = label;
    for (const viewport of document.querySelectorAll("meta[name=viewport]")) {
      viewport.content = "width=device-width, initial-scale=1"; // folium's forbids zooming
    }
    // Leaflet focuses the map on mousedown; where the frame is partly below the fold the
    // page would scroll under the mouse and the click would land somewhere else.
    const focus = container.focus.bind(container);
    container.focus = () => focus({ preventScroll: true });
  }

  /** The page remembers the view, so that a new frame looks where the old one did. */
  function keepView(map, key) {
    whenViewIsKnown = (view) => {
      whenViewIsKnown = null;
      if (view && !lookedAt) map.setView([view.latitude, view.longitude], view.zoom, { animate: false });
      facts.viewKept = Boolean(view);
      map.on("moveend", () => tell("view", map, key));
    };
    window.parent.postMessage({ holdfast: "hello", key }, "*");
  }

  /** Show what was chosen, by its name, when something else was shown before. */
  function lookAt(map, name, bounds) {
    if (name === lookedAt) return;
    lookedAt = name;
    map.fitBounds(bounds, CLOSEST);
  }

  function tell(what, map, key) {
    const { lat, lng } = map.getCenter();
    const zoom = map.getZoom();
    window.parent.postMessage({ holdfast: what, key, latitude: lat, longitude: lng, zoom }, "*");
  }

  /** An element with a class and text; text is never read as HTML. */
  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /** A canvas for one tile, sharp on dense screens, and its brush. */
  function tileCanvas(size) {
    const canvas = document.createElement("canvas");
    const density = window.devicePixelRatio || 1;
    canvas.width = size.x * density;
    canvas.height = size.y * density;
    const brush = canvas.getContext("2d");
    brush.scale(density, density);
    return { canvas, brush };
  }

  /** A pane of the map by name, made when first asked for; it lets clicks through. */
  function pane(map, name, zIndex) {
    const known = map.getPane(name);
    if (known) return known;
    const made = map.createPane(name);
    made.style.zIndex = zIndex;
    made.style.pointerEvents = "none";
    return made;
  }

  /* Leaflet's own sheet may arrive after the first names are placed: what their measuring
   * needs (an absolute position) is said here too. */
  function addStyle() {
    const style = document.createElement("style");
    style.textContent = `
      .leaflet-container { background: #e6eaee; font: .79rem/1.4 system-ui, sans-serif; cursor: pointer; }
      .leaflet-container:focus-visible, .leaflet-container a:focus-visible {
        outline: 3px solid #1d4f91; outline-offset: -3px; }
      .leaflet-bar { border: 1px solid #aeb8c3 !important; border-radius: 6px; box-shadow: 0 1px 4px #0002; overflow: hidden; }
      .leaflet-bar a { color: #14263f !important; }
      .leaflet-control-scale-line { color: #16202c; background: #fffd; border-color: #4a5663; text-shadow: none; }
      .leaflet-tooltip { position: absolute; color: #16202c; border: 0; border-radius: 6px; padding: 6px 10px;
        box-shadow: 0 2px 10px #0004; font: .79rem/1.35 system-ui, sans-serif; white-space: nowrap; }
      .leaflet-tooltip strong { display: block; font-size: .89rem; }
      .leaflet-tooltip span { display: block; color: #4a5663; }
      .holdfast-place { background: #fffffff2; font-weight: 650; padding: 3px 8px; }
      .holdfast-place::before { display: none; }
      .holdfast-place span { font-weight: 450; font-size: .79rem; }
      .holdfast-handle { cursor: grab; border-radius: 50%; background: radial-gradient(#a3123f 3px, transparent 3.5px); }
      .holdfast-label { position: absolute; white-space: nowrap; transform: translate(-50%, -50%);
        color: #26323f; text-shadow: 0 0 2px #fff, 0 0 3px #fff, 0 0 4px #fff, 0 0 5px #fff; }
      .holdfast-label.rank-1 { font-size: 1rem; font-weight: 700; letter-spacing: .02em; }
      .holdfast-label.rank-2 { font-size: .89rem; font-weight: 650; }
      .holdfast-label.rank-3 { font-size: .79rem; font-weight: 550; }
      .holdfast-label.road { font-size: .7rem; font-weight: 500; color: #6a5a2c; }
      .holdfast-legend { background: #fffffff5; border-radius: 8px; padding: 10px 12px; max-width: 270px;
        box-shadow: 0 1px 8px #0003; color: #16202c; }
      .holdfast-legend h2 { display: inline; margin: 0; font-size: .79rem; font-weight: 700; }
      .holdfast-legend summary { cursor: pointer; }
      .holdfast-legend summary:focus-visible { outline: 3px solid #1d4f91; outline-offset: 2px; }
      .holdfast-legend p { margin: 0 0 6px; font-size: .7rem; color: #4a5663; }
      .holdfast-legend div { display: grid; grid-template-columns: 16px auto 1fr; gap: 9px; white-space: nowrap; align-items: center;
        font-size: .79rem; line-height: 1.55; }
      .holdfast-legend i { width: 16px; height: 13px; border-radius: 3px; box-shadow: inset 0 0 0 1px #0002; }
      .holdfast-legend i.dot, .holdfast-legend i.block, .holdfast-legend i.ring { width: 11px; height: 11px; justify-self: center; }
      .holdfast-legend i.dot, .holdfast-legend i.ring { border-radius: 50%; }
      .holdfast-legend i.ring { box-shadow: inset 0 0 0 2px #4a5663; }
      .holdfast-legend i.block { border-radius: 1px; }
      .holdfast-legend i.missing { background: repeating-linear-gradient(45deg, #eef0f2 0 3px, #9aa4ae 3px 4px) !important; }
      .holdfast-squares { display: grid; grid-template-columns: auto repeat(3, 46px); gap: 2px; margin-bottom: 6px;
        align-items: center; font-size: .79rem; line-height: 1.3; }
      .holdfast-squares span { padding-right: 7px; text-align: right; }
      .holdfast-squares i { width: auto; height: 26px; }
      .holdfast-squares em { padding-top: 2px; color: #16202c !important; font-size: .7rem; }
      .holdfast-squares em:last-child { grid-column: 4; }
      .holdfast-legend em { font-style: normal; color: #4a5663; text-align: right; font-variant-numeric: tabular-nums; }
      .holdfast-legend p.holdfast-about { margin-bottom: 4px; color: #16202c; }
      .holdfast-legend p.holdfast-beware { margin: 7px 0 0; border-top: 1px solid #d5dbe2; padding-top: 5px; line-height: 1.35; }
      .holdfast-legend details details { margin-top: 3px; font-size: .7rem; }
      .holdfast-legend ul { margin: 4px 0 0; padding-left: 15px; line-height: 1.35; color: #4a5663; white-space: normal; }
      .holdfast-here { display: flex; gap: 9px; align-items: center; background: #fffffff2; border-radius: 8px; padding: 5px 6px 5px 11px;
        box-shadow: 0 1px 8px #0003; color: #16202c; pointer-events: none; }
      .holdfast-here p { margin: 0; font-size: .7rem; line-height: 1.35; }
      .holdfast-here strong { display: block; font-size: .79rem; }
      .holdfast-here span { color: #4a5663; }
      .holdfast-here button { pointer-events: auto; cursor: pointer; font: inherit; font-size: .79rem; color: #14263f; background: #fff;
        border: 1px solid #aeb8c3; border-radius: 5px; padding: 4px 9px; min-height: 26px; }
      .holdfast-here button:hover { background: #eef0f2; }
      .holdfast-here button:focus-visible { outline: 3px solid #1d4f91; outline-offset: 1px; }
      .holdfast-here button.holdfast-wanted { background: #1d4f91; border-color: #1d4f91; color: #fff; }
      .holdfast-owner { margin: 0; padding: 1px 6px; background: #fffc; color: #26323f; font-size: .7rem; }
      @media (prefers-reduced-motion: reduce) { .leaflet-fade-anim .leaflet-tile { transition: none; } }`;
    document.head.appendChild(style);
  }

  return { ROOM_FOR_KEY_PX, facts, request, setup, lookAt, element, tileCanvas, pane };
})();
