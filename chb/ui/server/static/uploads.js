/* A refused upload says why. The page itself shows the number of the answer only; the sentence
 * stands in its body, as the gate wrote it, and is put where the number is.
 */
"use strict";
(() => {
  const UPLOADS = "/_stcore/upload_file/";
  const TOLD = "[data-testid=stFileChip] [role=alert]";
  const send = XMLHttpRequest.prototype.send;
  let why = "";

  XMLHttpRequest.prototype.send = function (...body) {
    this.addEventListener("load", () => {
      if (this.status >= 400 && this.responseURL.includes(UPLOADS)) why = String(this.response);
    });
    return send.apply(this, body);
  };
  new MutationObserver(tell).observe(document.documentElement, { childList: true, subtree: true });

  function tell() {
    if (!why) return;
    for (const told of document.querySelectorAll(TOLD)) {
      if (told.textContent.includes("status code")) told.textContent = why;
    }
  }
})();
