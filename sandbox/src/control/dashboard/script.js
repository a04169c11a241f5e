// The dashboard. It reads the control API's events, and writes text only: nothing that a request or a client says becomes
// HTML.

"use strict";

const CONTROL = "/sandbox";
/** The newest requests that the page keeps, as many as an event has. */
const MAX_REQUESTS = 200;
/** An overview may be so old when it arrives, in milliseconds. */
const MAX_OVERVIEW_AGE = 2000;
/** A screen reader hears of requests at most this often, in milliseconds. */
const NEWS_PAUSE = 3000;

const find = (id) => document.getElementById(id);

/** A new element with these properties and children, each an element or a text. */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A request to the control API. Its error is shown, and thrown as `null` is returned. */
async function control(method, operation, body) {
  try {
    const headers = { "content-type": "application/json" };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${CONTROL}/${operation}`, { method, headers, ...sent });
    const answer = await response.json();
    if (response.ok) return answer;
    say(answer.error_description ?? `The sandbox responded with ${response.status}.`, true);
  } catch {
    say("The sandbox did not respond.", true);
  }
  return null;
}

function say(text, failed = false) {
  const message = find("message");
  message.textContent = text;
  message.classList.toggle("failed", failed);
  message.hidden = false;
}

// Figures

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const duration = (ms) => (ms < 1000 ? `${number.format(ms)} ms` : `${number.format(ms / 1000)} s`);
const size = (bytes) => (bytes < 1000 ? `${bytes} B` : `${number.format(bytes / 1000)} kB`);
// Amounts are decimals in text: they are shown with all their digits.
const money = (amount) => `$${amount}`;
const clockTime = (timestamp) => new Date(timestamp).toLocaleTimeString("en-GB");
const plural = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

// Requests

/** By number: `{record, begun, row}`; `begun` is by this page's clock. */
const requests = new Map();
/** Requests before this number were cleared from the list. */
let firstShown = 0;
let paused = false;
let names = new Map();
/** How far the sandbox's clock is ahead of this machine's, in milliseconds. */
let clockAhead = 0;

function receiveRequests(records) {
  for (const record of records) {
    const known = requests.get(record.number);
    // The sandbox is on this machine, with the same clock.
    const age = Math.max(0, Date.now() + clockAhead - Date.parse(record.started));
    requests.set(record.number, { ...known, record, begun: known?.begun ?? performance.now() - age });
    if (record.ended && !known?.record.ended) announce(record);
  }
  const surplus = [...requests.keys()].sort((a, b) => a - b).slice(0, Math.max(0, requests.size - MAX_REQUESTS));
  for (const old of surplus) {
    requests.get(old).row?.remove();
    requests.delete(old);
  }
  if (!paused) showRequests(records.map((record) => record.number));
}

function showRequests(numbers) {
  const list = find("request-list");
  for (const number of numbers.sort((a, b) => a - b)) {
    const entry = requests.get(number);
    if (!entry || number < firstShown) continue;
    const row = describeRequest(entry);
    if (entry.row) {
      entry.row.replaceWith(row);
    } else {
      list.prepend(row);
    }
    entry.row = row;
  }
  const empty = list.childElementCount === 0;
  list.hidden = empty;
  find("no-requests").hidden = !empty;
}

function outcome({ status, ended, fault }) {
  if (status !== null) return `${status}`;
  if (ended === null) return "under way";
  return ended === "fault" || fault ? "no response" : "the client left";
}

function describeRequest({ record, begun }) {
  const { method, path, status, started, ended, fault, milliseconds, bytes, cost, client_id } = record;
  const took = milliseconds ?? performance.now() - begun;
  const facts = [
    status !== null && ended === null ? "under way" : null,
    status !== null && ended === "client_disconnected" ? "the client left" : null,
    duration(took),
    bytes > 0 ? size(bytes) : null,
    cost === null ? null : money(cost),
    client_id === null ? null : (names.get(client_id) ?? client_id),
    clockTime(started),
  ];
  const outcomeText = make("span", { className: "status" }, outcome(record));
  const faultText = fault === null ? null : make("span", { className: "fault" }, ` · fault: ${fault}`);
  const text = ` · ${facts.filter((fact) => fact !== null).join(" · ")}`;
  const failed = status === null ? ended !== null : status >= 400;
  return make(
    "li",
    { className: ended === null ? "" : failed ? "bad" : "good" },
    make("p", { className: "what" }, make("b", {}, method), path),
    make("p", { className: "facts" }, outcomeText, faultText, text),
  );
}

let unheard = 0;
let newsDue = null;

/** Tells a screen reader of requests, a few seconds of them at a time. */
function announce(record) {
  unheard += 1;
  const latest = `${record.method} ${record.path}, ${outcome(record)}${record.fault ? `, fault ${record.fault}` : ""}`;
  find("news").dataset.latest = latest;
  newsDue ??= setTimeout(() => {
    const { dataset } = find("news");
    if (!paused) find("news").textContent = `${plural(unheard, "request")}. Latest: ${dataset.latest}`;
    [unheard, newsDue] = [0, null];
  }, NEWS_PAUSE);
}

/** The time of requests under way goes on. */
setInterval(() => {
  const underWay = [...requests.values()].filter((entry) => entry.row && entry.record.ended === null);
  if (!paused && !document.hidden) showRequests(underWay.map((entry) => entry.record.number));
}, 500);

find("pause").addEventListener("click", ({ target }) => {
  paused = !paused;
  target.setAttribute("aria-pressed", `${paused}`);
  if (!paused) showRequests([...requests.keys()]);
});

find("clear-requests").addEventListener("click", () => {
  firstShown = Math.max(firstShown, ...[...requests.keys()].map((number) => number + 1));
  find("request-list").replaceChildren();
  showRequests([]);
});

// Faults

/** By kind: its switch, its field for a value, and what the control API says of it. */
const kinds = new Map();
let active = [];
/** By kind: where the user set its switch. An overview that was made before that must not set it back. */
const wanted = new Map();

async function loadFaults() {
  const known = await control("GET", "faults");
  if (known === null || kinds.size > 0) return;
  const name = (endpoint) => (endpoint === "*" ? "all endpoints" : endpoint);
  find("fault-endpoint").append(...known.endpoints.map((value) => make("option", { value }, name(value))));
  for (const group of new Set(known.kinds.map((kind) => kind.group))) {
    const members = known.kinds.filter((kind) => kind.group === group);
    const summary = make("summary", {}, `${group} (${members.length})`);
    const details = make("details", {}, summary, make("ul", {}, ...members.map(describeKind)));
    details.open = group === known.kinds[0].group;
    find("fault-groups").append(details);
  }
  showFaults();
}

function describeKind(fault) {
  const { kind, about, value } = fault;
  const input = make("input", { type: "checkbox", id: `fault-${kind}` });
  input.setAttribute("role", "switch");
  input.setAttribute("aria-describedby", `about-${kind}`);
  const field = value && make("input", { type: "number", min: "0", step: "1" });
  if (field) {
    field.value = value.required ? value.example : "";
    field.setAttribute("aria-label", `${value.name} of ${kind}${value.required ? "" : ", optional"}`);
  }
  const row = make(
    "li",
    { className: "fault-row" },
    make("label", { className: "switch" }, input, make("span", {}, kind)),
    field && make("label", { className: "value" }, value.required ? value.name : `${value.name}, optional`, field),
    make("p", { className: "fine", id: `about-${kind}` }, about),
  );
  let before = Promise.resolve();
  input.addEventListener("change", async () => {
    const state = { on: input.checked };
    wanted.set(kind, state);
    // One change after the other: who switches on and off at once wants it off.
    const change = before.then(() => switchFault(fault, state.on, field));
    before = change;
    const done = await change;
    const settle = () => {
      if (wanted.get(kind) !== state) return;
      wanted.delete(kind);
      showFaults();
    };
    if (done) setTimeout(settle, MAX_OVERVIEW_AGE);
    else settle();
  });
  kinds.set(kind, { input, row, text: `${kind} ${about}`.toLowerCase() });
  return row;
}

/** Adds the fault or removes it; whether that was done. */
async function switchFault({ kind, value }, on, field) {
  if (!on) {
    // Asked for, because the page may not have heard yet of a fault that it has just added.
    const known = await control("GET", "faults");
    if (known === null) return false;
    const mine = known.active.filter((one) => one.fault.kind === kind);
    const removed = await Promise.all(mine.map(({ id }) => control("DELETE", `faults/${id}`)));
    if (removed.includes(null)) return false;
    say(`${kind} is off.`);
    return true;
  }
  const fault = { kind };
  const times = find("fault-times");
  const wrong = [field, times].find((one) => one && !one.checkValidity());
  if (wrong || (value?.required && field.value === "")) {
    say(`Enter a whole number for ${wrong === times ? "the number of requests" : value.name}.`, true);
    (wrong ?? field).focus();
    return false;
  }
  if (field && field.value !== "") fault[value.name] = Number(field.value);
  const endpoint = find("fault-endpoint").value;
  const limit = times.value === "" ? {} : { times: Number(times.value) };
  if ((await control("POST", "faults", { endpoint, fault, ...limit })) === null) return false;
  say(`${describeFault({ endpoint, fault, ...limit })} is on.`);
  return true;
}

function describeFault({ endpoint, fault, times }) {
  const { kind, ...values } = fault;
  const value = Object.entries(values).find(([, one]) => typeof one === "number");
  const left = times == null ? "" : `, for ${plural(times, "request")}`;
  return `${kind}${value ? ` (${value[0]} ${value[1]})` : ""} on ${endpoint === "*" ? "all endpoints" : endpoint}${left}`;
}

function showFaults() {
  for (const [kind, { input }] of kinds) {
    const on = active.some((one) => one.fault.kind === kind);
    if (wanted.get(kind)?.on === on) wanted.delete(kind);
    input.checked = wanted.get(kind)?.on ?? on;
  }
  const focused = document.activeElement?.dataset.id;
  const rows = active.map((one) => {
    const text = describeFault(one);
    const remove = make("button", { type: "button" }, "Remove");
    remove.dataset.id = one.id;
    remove.setAttribute("aria-label", `Remove ${text}`);
    remove.addEventListener("click", async () => {
      if ((await control("DELETE", `faults/${one.id}`)) === null) return;
      say(`${text} is removed.`);
      find("active-title").focus();
    });
    return make("li", {}, make("span", {}, text), remove);
  });
  find("active-faults").replaceChildren(...rows);
  for (const id of ["active-faults", "clear-faults"]) find(id).hidden = rows.length === 0;
  find("no-faults").hidden = rows.length > 0;
  if (focused) find("active-faults").querySelector(`[data-id="${focused}"]`)?.focus();
}

find("clear-faults").addEventListener("click", async () => {
  if ((await control("DELETE", "faults")) === null) return;
  say("All faults are cleared.");
  find("active-title").focus();
});

find("fault-filter").addEventListener("input", ({ target }) => {
  const wanted = target.value.trim().toLowerCase();
  for (const { row, text } of kinds.values()) row.hidden = !text.includes(wanted);
  let found = 0;
  for (const details of find("fault-groups").children) {
    const matching = details.querySelectorAll("li:not([hidden])").length;
    details.hidden = matching === 0;
    if (wanted !== "") details.open = matching > 0;
    found += matching;
  }
  find("no-match").textContent = wanted === "" ? "" : `${plural(found, "fault")} found.`;
});

// Account, sessions, clients, provider

function showFacts(id, facts) {
  find(id).replaceChildren(...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, `${value}`)]));
}

const STATES = {
  live: "signed in",
  access_expired: "access token expired, can be refreshed",
  ended: "over: a new sign-in is needed",
  revoked: "revoked",
};

function describeSession({ number, client_id, state, access_expires, refreshes, scopes, without_user }) {
  const facts = [
    STATES[state] ?? state,
    access_expires && `access token until ${new Date(access_expires).toLocaleString("en-GB")}`,
    `refreshed ${plural(refreshes, "time")}`,
    without_user && "without a user",
    scopes.join(" "),
  ];
  const title = make("p", {}, make("b", {}, names.get(client_id) ?? client_id), ` session ${number}`);
  return make("li", {}, title, make("p", { className: "facts" }, facts.filter(Boolean).join(" · ")));
}

function describeClient({ client_id, name, redirect_uris, scopes, confidential, active, paid_calls, cost }) {
  const used = paid_calls > 0 ? `${plural(paid_calls, "paid call")}, ${money(cost)}` : "no paid call";
  const facts = [confidential ? "confidential" : "public", active ? null : "deactivated", used, scopes.join(" ")];
  return make(
    "li",
    {},
    make("p", {}, make("b", {}, name), " ", make("code", {}, client_id)),
    make("p", { className: "facts" }, facts.filter(Boolean).join(" · ")),
    make("p", { className: "facts" }, make("code", {}, redirect_uris.join(" "))),
  );
}

function receiveOverview(overview) {
  const { provider, state, clients, sessions } = overview;
  const { tokens } = state;
  clockAhead = overview.clock_ahead;
  names = new Map(clients.map(({ client_id, name }) => [client_id, name]));
  find("brand").textContent = provider.brand;
  document.title = `Dashboard – ${provider.brand} sandbox`;
  showFacts("balance", [
    ["Remaining", money(overview.remaining)],
    ["Spent", money(state.spent)],
    ["Budget", money(overview.budget)],
    ["Clock", overview.clock_ahead === 0 ? "the system's" : `${duration(overview.clock_ahead)} ahead`],
  ]);
  find("session-list").replaceChildren(...sessions.map(describeSession));
  find("session-list").hidden = sessions.length === 0;
  find("no-sessions").hidden = sessions.length > 0;
  find("client-list").replaceChildren(...clients.map(describeClient));
  showFacts("provider-facts", [
    ["Dialect", provider.dialect],
    ["Catalogue", provider.catalogue],
    ["Parameters", provider.strict_parameters ? "strict" : "lenient"],
    ["Chats answered by", provider.backend],
    ["Access tokens live", duration(provider.access_token_seconds * 1000)],
    ["Refresh tokens", provider.refresh_tokens ? "issued" : "not issued"],
    ["Live tokens", `${tokens.live_access} access, ${tokens.live_refresh} refresh`],
    ["Issued for a code", plural(tokens.issued_for_codes, "time")],
    ["Issued for a refresh", plural(tokens.issued_for_refreshes, "time")],
    ["Open connections", `${state.connections_open}, this page's among them`],
    ["Open streams", state.streams_open],
  ]);
  if (JSON.stringify(active) !== JSON.stringify(overview.faults)) {
    active = overview.faults;
    showFaults();
  }
}

/** A form that posts to the control API. */
function onSubmit(form, post) {
  find(form).addEventListener("submit", async (event) => {
    event.preventDefault();
    await post();
  });
}

onSubmit("budget-form", async () => {
  const remaining = find("remaining").value;
  if ((await control("POST", "budget", { remaining })) !== null) say(`${money(remaining)} may still be spent.`);
});

onSubmit("clock-form", async () => {
  const seconds = Number(find("seconds").value);
  if ((await control("POST", "advance-clock", { seconds })) !== null) say(`The clock is ${plural(seconds, "second")} further.`);
});

for (const button of document.querySelectorAll("[data-operation]")) {
  button.addEventListener("click", async () => {
    if ((await control("POST", button.dataset.operation, {})) !== null) say(button.dataset.done);
  });
}

for (const place of document.querySelectorAll(".origin")) place.textContent = location.origin;

// Events

function show(connection, live) {
  find("connection").textContent = connection;
  find("connection").className = live ? "live" : "lost";
}

const events = new EventSource(`${CONTROL}/events`);
events.addEventListener("open", () => {
  // The sandbox may be another one than before: it tells everything anew.
  requests.clear();
  firstShown = 0;
  find("request-list").replaceChildren();
  showRequests([]);
  show(`Connected to ${location.host}`, true);
  loadFaults();
});
events.addEventListener("error", () => show("The sandbox does not respond. Trying again…", false));
events.addEventListener("overview", ({ data }) => receiveOverview(JSON.parse(data)));
events.addEventListener("requests", ({ data }) => receiveRequests(JSON.parse(data)));
