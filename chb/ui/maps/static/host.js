/* Runs in the page around the map. The map's own frame is sandboxed: it has no origin,
 * no cookie and no connection. This script fetches packed layers for it, with the page's
 * session, remembers where the map was looking, and tells a map beside it where this one
 * looks. It accepts numbers and digests only.
 */
"use strict";
(() => {
  const FRAME_PATH = "/component/streamlit_folium.st_folium/";
  const KINDS = new Set(["cells", "classes", "context", "points"]);
  const DIGEST = /^[0-9a-f]{20}$/;
  const MAP_KEY = /^[a-z0-9:.-]{1,80}$/i;
  const MOST_KEPT = 24;
  const base = document.currentScript.src.replace(/own\/[^/]*$/, "");
  const kept = new Map();

  window.addEventListener("message", (event) => {
    const message = event.data;
    if (!message || typeof message.holdfast !== "string" || !isMapFrame(event.source)) return;
    if (message.holdfast === "hello") answerView(event.source, message.key);
    if (message.holdfast === "view") rememberView(message);
    if (message.holdfast === "move") tellTwin(event.source, message);
    if (message.holdfast === "want") answerLayer(event.source, message.kind, message.digest);
  });

  function isMapFrame(source) {
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow !== source) continue;
      const address = new URL(frame.src, document.baseURI);
      return address.origin === location.origin && address.pathname.includes(FRAME_PATH);
    }
    return false;
  }

  function answerView(frame, key) {
    if (typeof key !== "string" || !MAP_KEY.test(key)) return;
    let view = null;
    try {
      view = JSON.parse(sessionStorage.getItem(`holdfast:${key}`));
    } catch {
      view = null;
    }
    frame.postMessage({ holdfast: "view", view }, "*");
  }

  function isView({ key, latitude, longitude, zoom }) {
    const isOnEarth = within(latitude, -90, 90) && within(longitude, -180, 180);
    return isOnEarth && within(zoom, 0, 24) && typeof key === "string" && MAP_KEY.test(key);
  }

  /** The other maps of the page; one that is not linked, or has another key, does not listen. */
  function tellTwin(source, message) {
    if (!isView(message)) return;
    const { key, latitude, longitude, zoom } = message;
    for (const { contentWindow } of document.querySelectorAll("iframe")) {
      if (contentWindow === source || !isMapFrame(contentWindow)) continue;
      contentWindow.postMessage({ holdfast: "follow", key, latitude, longitude, zoom }, "*");
    }
  }

  function rememberView(message) {
    if (!isView(message)) return;
    const { key, latitude, longitude, zoom } = message;
    sessionStorage.setItem(`holdfast:${key}`, JSON.stringify({ latitude, longitude, zoom }));
  }

  function within(number, lowest, highest) {
    return typeof number === "number" && number >= lowest && number <= highest;
  }

  async function answerLayer(frame, kind, digest) {
    if (!KINDS.has(kind) || typeof digest !== "string" || !DIGEST.test(digest)) return;
    const path = `${kind}/${digest}.json`;
    const answer = kept.has(path) ? { text: kept.get(path) } : await fetched(path);
    if (answer.text !== undefined) keep(path, answer.text);
    if (!isMapFrame(frame)) return;
    frame.postMessage({ holdfast: "layer", kind, digest, ...answer }, "*");
  }

  async function fetched(path) {
    try {
      const response = await fetch(base + path, { credentials: "same-origin" });
      if (!response.ok) return { status: response.status };
      return { text: await response.text() };
    } catch {
      return { status: 0 };
    }
  }

  /** The longest unused goes first: what every layer of an area needs stays. */
  function keep(path, text) {
    kept.delete(path);
    kept.set(path, text);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
  }
})();
