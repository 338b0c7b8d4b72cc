/* Asks every two seconds whether the session holds, and wipes the screen when it does not.
 * Draws the strip above the page: who is signed in, how to get out, and in a demonstration
 * whose role to take. Keys and clicks count as use; the page alone does not.
 */
"use strict";
(() => {
  const EVERY_MS = 2000;
  const SILENCE_MS = 30000;
  const WARN_S = 90;
  const OFFLINE = "No connection. What you typed is kept.";
  const base = document.currentScript.src.replace(/own\/[^/]*$/, "");
  let rights = null;
  let knows = [];
  let active = false;
  let asking = false;
  let over = false;
  let answeredAt = performance.now();

  for (const kind of ["keydown", "pointerdown"]) {
    addEventListener(kind, (event) => { active = active || event.isTrusted; }, true);
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    cover("One moment");
    ask();
  });
  for (const kind of ["pageshow", "online", "offline"]) addEventListener(kind, ask);
  setInterval(ask, EVERY_MS);

  async function ask() {
    if (over || asking || document.visibilityState !== "visible") return;
    asking = true;
    const used = active;
    active = false;
    try {
      await take(await fetch(`${base}session`, {
        method: used ? "POST" : "GET",
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
      }));
    } catch {
      active = active || used;
      say(OFFLINE);
      if (performance.now() - answeredAt > SILENCE_MS) cover("The server does not answer");
    } finally {
      asking = false;
    }
  }

  async function take(answer) {
    if (answer.status === 401) {
      const page = location.pathname.slice(new URL(base).pathname.length - 1);
      wipe();
      location.replace(`${base}sign-in${page === "/" ? "" : `?next=${encodeURIComponent(page)}`}`);
    } else if (answer.ok) {
      answeredAt = performance.now();
      show(await answer.json());
    }
  }

  function show(session) {
    const less = knows.some((each) => !session.knows.includes(each));
    if (rights !== null && (rights !== session.rights || less)) {
      wipe();
      location.reload();
      return;
    }
    ({ rights, knows } = session);
    document.getElementById("hf-cover")?.remove();
    if (!document.getElementById("hf-bar")) draw(session);
    say(session.seconds_left < WARN_S ? "This screen locks in a minute" : "");
  }

  function say(words) {
    const place = document.querySelector("#hf-bar .hf-ends");
    if (place && place.textContent !== words) place.textContent = words;
  }

  function wipe() {
    over = true;
    sessionStorage.clear();
    document.documentElement.replaceChildren();
  }

  function cover(words) {
    const sheet = document.getElementById("hf-cover") ?? made("div", { id: "hf-cover", role: "status" });
    sheet.textContent = words;
    if (!sheet.isConnected) document.body.append(sheet);
  }

  function draw(session) {
    const bar = made("aside", { id: "hf-bar", "aria-label": "Your session" });
    if (session.banner) {
      bar.className = "hf-demo";
      bar.append(made("strong", {}, session.banner));
    }
    bar.append(made("span", { class: "hf-who" }, `${session.name}, ${session.roles.join(", ")}`));
    bar.append(made("span", { class: "hf-ends", role: "status" }));
    bar.append(lookSwitch());
    if (session.choices.length) bar.append(roleSwitch(session));
    bar.append(made("a", { href: `${base}your-account`, target: "_top" }, "Your account"));
    bar.append(form("sign-out", session, made("button", { type: "submit" }, "Sign out")));
    document.body.prepend(bar);
  }

  function lookSwitch() {
    const choice = made("select", { class: "hf-look", "aria-label": "Light or dark" });
    const words = { System: "As the system", Light: "Light", Dark: "Dark" };
    for (const name of holdfastLook.names) {
      const option = made("option", { value: name }, words[name]);
      option.selected = name === holdfastLook.chosen;
      choice.append(option);
    }
    choice.addEventListener("change", () => holdfastLook.choose(choice.value));
    return choice;
  }

  function roleSwitch(session) {
    const choice = made("select", { name: "role", "aria-label": "Role to look in" });
    for (const role of session.choices) {
      const option = made("option", {}, role);
      option.selected = session.roles.includes(role);
      choice.append(option);
    }
    return form("demo/role", session, choice, made("button", { type: "submit" }, "Switch role"));
  }

  function form(path, session, ...fields) {
    const whole = made("form", { method: "post", action: base + path });
    const token = made("input", { type: "hidden", name: "form_token", value: session.form_token });
    whole.append(token, ...fields);
    return whole;
  }

  function made(tag, attributes, text = "") {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text) element.textContent = text;
    return element;
  }
})();
