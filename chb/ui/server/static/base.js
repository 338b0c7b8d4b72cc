/* Tells Streamlit's program where its server is. It would else ask below the page's own
 * address first, and a page opened by its address would begin with two errors.
 */
"use strict";
window.__streamlit = {
  BACKEND_BASE_URL: document.currentScript.src.replace(/own\/[^/]*$/, ""),
};
