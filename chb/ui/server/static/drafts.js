/* Sends what is typed in the forms that keep drafts, a few seconds after it was typed and
 * when the page is left. The server puts it back when the form is drawn again.
 */
"use strict";
(() => {
  const EVERY_MS = 5000;
  const MARK = "st-key-draft-";
  const FIELDS = ["stTextArea", "stTextInput"]
    .map((kind) => `[class*="${MARK}"] [data-testid="${kind}"] :is(textarea, input)`)
    .join();
  const base = document.currentScript.src.replace(/own\/[^/]*$/, "");
  const typed = new Set();

  addEventListener("input", ({ target }) => {
    if (target.matches?.(FIELDS)) typed.add(target);
  }, true);
  addEventListener("pagehide", send);
  document.addEventListener("visibilitychange", send);
  setInterval(send, EVERY_MS);

  function send() {
    for (const field of [...typed]) {
      typed.delete(field);
      if (field.isConnected) keep(field).catch(() => typed.add(field));
    }
  }

  async function keep(field) {
    const marked = field.closest(`[class*="${MARK}"]`).classList;
    const mark = [...marked].find((name) => name.startsWith(MARK)).slice(MARK.length);
    const at = mark.lastIndexOf("-");
    await fetch(`${base}drafts/${mark.slice(0, at)}`, {
      method: "POST",
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      keepalive: true,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        field: field.getAttribute("aria-label") ?? "",
        words: field.value,
        key: mark.slice(at + 1),
      }),
    });
  }
})();
