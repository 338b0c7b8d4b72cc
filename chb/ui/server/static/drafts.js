/* Sends what is typed in the forms that keep drafts, a few seconds after it was typed and
 * when the page is left. The server puts it back when the form is drawn again. What does not
 * arrive is sent again, sooner than Streamlit comes back to draw the form.
 */
"use strict";
(() => {
  const EVERY_MS = 5000;
  const AGAIN_MS = 500;
  const MARK = "st-key-draft-";
  const FIELDS = ["stTextArea", "stTextInput"]
    .map((kind) => `[class*="${MARK}"] [data-testid="${kind}"] :is(textarea, input)`)
    .join();
  const base = document.currentScript.src.replace(/own\/[^/]*$/, "");
  const typed = new Set();
  const unsent = new Map();

  addEventListener("input", ({ target }) => {
    if (target.matches?.(FIELDS)) typed.add(target);
  }, true);
  addEventListener("pagehide", collect);
  document.addEventListener("visibilitychange", collect);
  setInterval(collect, EVERY_MS);
  setInterval(sendAll, AGAIN_MS);

  function collect() {
    for (const field of typed) if (field.isConnected) unsent.set(field, packed(field));
    typed.clear();
    sendAll();
  }

  function sendAll() {
    for (const [field, draft] of unsent) {
      if (draft.isOnItsWay) continue;
      draft.isOnItsWay = true;
      post(draft).then(() => { if (unsent.get(field) === draft) unsent.delete(field); })
        .catch(() => { draft.isOnItsWay = false; });
    }
  }

  function packed(field) {
    const marked = field.closest(`[class*="${MARK}"]`).classList;
    const mark = [...marked].find((name) => name.startsWith(MARK)).slice(MARK.length);
    const at = mark.lastIndexOf("-");
    return {
      form: mark.slice(0, at),
      words: JSON.stringify({
        field: field.getAttribute("aria-label") ?? "",
        words: field.value,
        key: mark.slice(at + 1),
      }),
    };
  }

  function post({ form, words }) {
    return fetch(`${base}drafts/${form}`, {
      method: "POST",
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      keepalive: true,
      headers: { "content-type": "application/json" },
      body: words,
    });
  }
})();
