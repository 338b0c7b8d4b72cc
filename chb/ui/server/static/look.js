/* Light or dark: as the system has it, until somebody chooses in the strip above the page.
 * Streamlit keeps the choice under the address a page was opened by, so that every page would
 * have one of its own. Here it is one for all, kept where signing out does not clear it (it says
 * nothing about anybody), and told to Streamlit before it starts.
 */
"use strict";
(() => {
  const OURS = "holdfast-look";
  const THEIRS = "stActiveTheme-";
  const NAMES = ["System", "Light", "Dark"];
  const A_YEAR_S = 31536000;

  const look = {
    names: NAMES,
    get chosen() {
      const kept = document.cookie.split("; ").find((each) => each.startsWith(`${OURS}=`));
      const name = kept?.slice(OURS.length + 1);
      return NAMES.includes(name) ? name : "System";
    },
    choose(name) {
      document.cookie = `${OURS}=${name}; path=/; max-age=${A_YEAR_S}; samesite=strict`;
      location.reload();
    },
  };
  window.holdfastLook = look;
  const schemes = { System: "light dark", Light: "light", Dark: "dark" };
  document.documentElement.style.colorScheme = schemes[look.chosen];

  const stale = Object.keys(localStorage).filter((key) => key.startsWith(THEIRS));
  for (const key of stale) localStorage.removeItem(key);
  localStorage.setItem(`${THEIRS}${location.pathname}-v2`, JSON.stringify(look.chosen));
})();
