// What is seen, as one value, and how it is written into the address and read from it.
import { batchesOf, FEWEST_POINTS, MOST_POINTS, throughBatches } from "./data.js";
import { METHODS, SCHEDULES, simulate } from "./engine.js";
import { read } from "./numbers.js";

export const MOST_LANES = 6;
export const MOST_STEPS = 2000;
const SAFE = { method: (name) => name in METHODS && Object.hasOwn(METHODS, name), schedule: (name) => Object.hasOwn(SCHEDULES, name) };

/** The settings of a method or a schedule: its defaults, and what was asked for. */
export const settingsOf = (known, asked = {}) =>
  Object.fromEntries(Object.entries(known).map(([name, { value }]) => [name, asked[name] ?? value]));

/** The schedule's settings for a run of so many steps: its period is the run unless it was asked for. */
export function scheduleSettings(data, state) {
  const known = data.schedules[state.schedule].settings;
  const own = settingsOf(known, state.planned);
  if ("period" in known && !("period" in state.planned)) own.period = Math.max(1, state.steps);
  return own;
}

/** The run of one lane, at its own rate or at another. */
export function runOf(data, objective, state, lane, rate = lane.rate, steps = state.steps) {
  let method = METHODS[lane.method](lane.settings, objective);
  if (objective.rows && state.batch < objective.rows.length) method = throughBatches(method, objective.rows, batchesOf(objective.orders, objective.rows.length, state.batch));
  const rateAt = SCHEDULES[state.schedule](rate, scheduleSettings(data, state));
  return simulate(objective, method, rateAt, state.start, steps);
}

const numbersOf = (text) => (text ?? "").split(",").map(read);
const assigned = (text) => Object.fromEntries((text ?? "").split(";").map((part) => part.split(":")).filter((pair) => pair.length === 2));

/** The address after its `#`. */
export function toAddress(data, state) {
  const words = { f: state.function, x: state.start.join(","), m: state.lanes.map((lane) => lane.method).join(","), lr: state.lanes.map((lane) => lane.rate).join(","), n: state.steps };
  const changed = state.lanes.map((lane) => differences(data.methods[lane.method].settings, lane.settings)).join("|");
  if (changed.replaceAll("|", "")) words.set = changed;
  if (state.schedule !== "constant") words.s = state.schedule;
  const planned = Object.entries(state.planned).map(([name, value]) => `${name}:${value}`).join(";");
  if (planned) words.plan = planned;
  if (state.rows) {
    const { rows } = data.functions[state.function];
    if (state.batch !== state.rows.length) words.b = state.batch;
    if (state.rows.join() !== rows.join()) words.d = state.rows.map((row) => row.join(":")).join(";");
  }
  if (state.chosen) words.lane = state.chosen;
  if (state.step) words.k = state.step;
  if (state.log) words.log = 1;
  if (state.seed !== 1) words.seed = state.seed;
  if (state.done.length) words.done = state.done.join(",");
  return new URLSearchParams(words).toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
}

const differences = (known, settings) =>
  Object.entries(settings).filter(([name, value]) => value !== known[name].value).map(([name, value]) => `${name}:${value}`).join(";");

/** A setting as the address or a field gives it; the default where it is out of its range. */
export function checked(known, text) {
  if (typeof known.value === "boolean") return text === true || text === "true";
  const value = typeof text === "number" ? text : read(String(text));
  return Number.isFinite(value) && inside(known, value) ? value : known.value;
}

const inside = ({ low = -Infinity, high = Infinity, whole }, value) => value >= low && value <= high && (!whole || Number.isInteger(value));

/** The state that an address asks for: what it does not say, or says wrong, is as the page was made. */
export function fromAddress(data, hash) {
  const words = new URLSearchParams(hash.replace(/^#/, ""));
  const made = data.state;
  const name = Object.hasOwn(data.functions, words.get("f") ?? "") ? words.get("f") : made.function;
  const same = name === made.function;
  const { dims, start } = data.functions[name];
  const asked = numbersOf(words.get("x"));
  const methods = (words.get("m") ?? "").split(",").filter(SAFE.method).slice(0, MOST_LANES);
  const rates = numbersOf(words.get("lr"));
  const settings = (words.get("set") ?? "").split("|");
  const lanes = (methods.length ? methods : made.lanes.map((lane) => lane.method)).map((method, i) => {
    const known = data.methods[method].settings;
    const own = methods.length ? assigned(settings[i]) : made.lanes[i].settings;
    const given = Object.fromEntries(Object.entries(own).filter(([key]) => Object.hasOwn(known, key)).map(([key, text]) => [key, checked(known[key], text)]));
    const rate = rates[i] > 0 && Number.isFinite(rates[i]) ? rates[i] : same && !methods.length ? made.lanes[i].rate : null;
    return { method, rate, settings: settingsOf(known, given) };
  });
  const schedule = SAFE.schedule(words.get("s") ?? "") ? words.get("s") : words.has("f") ? "constant" : made.schedule;
  const plan = words.has("f") ? assigned(words.get("plan")) : made.planned;
  const knownPlan = data.schedules[schedule].settings;
  const steps = Math.round(read(words.get("n") ?? ""));
  const whole = (key, low, high, fallback) => {
    const value = Number(words.get(key) ?? NaN);
    return Number.isInteger(value) && value >= low && value <= high ? value : fallback;
  };
  const given = data.functions[name].rows;
  const moved = (words.get("d") ?? "").split(";").map((pair) => pair.split(":").map(read)).filter((row) => row.length === 2 && row.every(Number.isFinite));
  const rows = given && (moved.length >= FEWEST_POINTS && moved.length <= MOST_POINTS ? moved : given);
  return {
    rows,
    batch: rows ? whole("b", 1, rows.length, same && !words.has("f") ? Math.min(made.batch, rows.length) : rows.length) : 0,
    function: name,
    start: asked.length === dims && asked.every(Number.isFinite) ? asked : same ? made.start : start,
    steps: steps >= 1 && steps <= MOST_STEPS ? steps : made.steps,
    schedule,
    planned: Object.fromEntries(Object.entries(plan).filter(([key]) => Object.hasOwn(knownPlan, key)).map(([key, text]) => [key, checked(knownPlan[key], text)])),
    lanes,
    chosen: whole("lane", 0, lanes.length - 1, 0),
    step: whole("k", 0, MOST_STEPS, 0),
    log: words.get("log") === "1",
    seed: whole("seed", 1, 999999, 1),
    done: (words.get("done") ?? "").split(",").filter((id) => /^[a-z]+$/.test(id)),
  };
}

/** All steps of all lanes as CSV, with every digit. */
export function toCsv(objective, lanes, runs) {
  const names = objective.variables;
  const head = ["method", "step", ...names, "loss", ...names.map((name) => `gradient ${name}`), "learning rate"];
  const rows = runs.flatMap((run, i) =>
    run.points.map((point, t) => [lanes[i].method, t, ...point, run.losses[t], ...run.gradients[t], t < run.rates.length ? run.rates[t] : ""]),
  );
  return [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** A cell that no spreadsheet takes for a formula. */
function cell(value) {
  const text = String(value);
  const tame = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}
