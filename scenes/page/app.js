// The page: what its controls do to the state, and how the state is shown. Every number comes from the engine.
import { METHODS, SCHEDULES, simulate } from "./engine.js";
import { DataPlot, batchWords, batchesOf, lineThrough } from "./data.js";
import { challenges, drawChallenges } from "./challenges.js";
import { brief, read, rounded, shown } from "./numbers.js";
import { LossChart, Stage, colorOf, placeAt } from "./stage.js";
import { MOST_LANES, MOST_STEPS, checked, fromAddress, runOf, settingsOf, toAddress, toCsv } from "./state.js";
import { counted, decidingCurvature, presets, threshold, verdict } from "./words.js";

const DATA = JSON.parse(document.getElementById("lab").textContent);
const OBJECTIVES = Object.fromEntries(
  Object.entries(DATA.functions).map(([name, known]) => [name, { ...known, ...SOURCES[name], name, minima: known.minima.map((row) => ({ point: row.slice(0, -1), value: row[row.length - 1] })) }]),
);
const SPEEDS = [1, 2, 4, 8, 15, 30, 60, 250];
const ONE_STEP_SECONDS = 0.4;

const at = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let state = fromAddress(DATA, location.hash);
let runs = [];
let time = 0;
let playing = null;
let speed = 4;
let waiting = {};

let fitted = null;
/** The function that is shown; one that depends on data is made anew when these change. */
function objective() {
  const known = OBJECTIVES[state.function];
  if (!known.rows) return known;
  if (fitted?.rows !== state.rows) fitted = lineThrough(known, state.rows);
  return fitted;
}
const lane = () => state.lanes[state.chosen];
const longest = () => Math.max(...runs.map((run) => run.rates.length));
const stepOf = (run) => Math.max(0, Math.min(Math.floor(time), run.points.length - 1));

const stage = new Stage(at("plot"), {
  moved(point) {
    stop();
    state.start = point;
    time = 0;
    renew({ view: false });
  },
  released: () => renew({}),
});
const chart = new LossChart(at("chart"));

const points = new DataPlot(at("data"), (rows) => {
  if (state.batch === state.rows.length) state.batch = rows.length;
  state.rows = rows;
  state.batch = Math.min(state.batch, rows.length);
  rewind();
  renew({});
});

// --- what follows from the state -----------------------------------------------------------------------------------

/** Compute all runs anew and show them. view: whether the picture's axes may change as well. */
function renew({ view = true, shape = false } = {}) {
  const now = objective();
  for (const one of state.lanes) one.rate ??= ownRate(one);
  runs = state.lanes.map((one) => runOf(DATA, now, state, one));
  time = Math.min(time, longest());
  stage.start = state.start;
  if (view) stage.set(now, state.start, state.lanes);
  stage.lanes = state.lanes;
  drawData();
  at("seek").max = Math.max(1, longest());
  if (shape) drawControls();
  drawRate();
  show(true);
  later("presets", 120, drawPresets);
  later("address", 300, writeAddress);
}

/** The rate that suits a method here: its own, a share of the map where a rate is a length, else what a search finds. */
function ownRate(one) {
  const { ownRate: own, length } = DATA.methods[one.method];
  if (own) return own;
  if (length) return rounded(length * Math.max(...objective().domain.map(([low, high]) => high - low)), 1);
  return presetsOf(one).find((preset) => preset.label === "Just right")?.rate ?? 0.1;
}

function presetsOf(one) {
  const steps = Math.min(state.steps, 100);
  return presets((rate) => runOf(DATA, objective(), state, one, rate, steps), objective(), one, state.start);
}

/** Show the points and the rows of a step where the function has data. */
function drawData() {
  const has = Boolean(objective().rows);
  const change = at("data").hidden === has;
  at("data").hidden = at("data-controls").hidden = !has;
  at("stage").classList.toggle("fits", has);
  if (change) stage.set(objective(), state.start, state.lanes);
  if (!has) return;
  points.set(state.rows, OBJECTIVES[state.function].rows);
  at("batch").max = state.rows.length;
  at("batch").value = state.batch;
  at("batch-words").textContent = batchWords(state.batch, state.rows.length);
  at("batch").setAttribute("aria-valuetext", at("batch-words").textContent);
}

/** The rows of the chosen run's next step; null where it takes all. */
function nextBatch() {
  const { rows, orders } = objective();
  if (state.batch >= rows.length) return null;
  const batches = batchesOf(orders, rows.length, state.batch);
  return batches[stepOf(runs[state.chosen]) % batches.length];
}

function later(name, milliseconds, work) {
  clearTimeout(waiting[name]);
  waiting[name] = setTimeout(work, milliseconds);
}

function writeAddress() {
  state.step = Math.floor(time);
  const hash = `#${toAddress(DATA, state)}`;
  try {
    history.replaceState(null, "", hash);
  } catch {
    // A page inside a page's own text (srcdoc) has no address to change.
  }
  return hash;
}

// --- showing -------------------------------------------------------------------------------------------------------

/** Show the moment `time`. rest: whether the ball rests there, so that words and table follow. */
function show(rest) {
  const share = time - Math.floor(time);
  const eased = share === 0 ? 0 : playing && playing.pace > 10 ? share : ease(Math.min(1, share / 0.75));
  stage.draw(runs, time, state.chosen, eased);
  if (objective().rows) {
    const lines = runs.map((run, i) => ({ point: run.points.length ? placeAt(run, time) : state.start, color: colorOf(state.lanes, i) }));
    points.draw(lines, state.chosen, nextBatch());
  }
  const lowest = chart.draw(runs, state.lanes, time, state.log);
  at("chart-name").textContent = lowest < 0 ? "Loss above the lowest" : "Loss after each step";
  drawReadouts();
  at("seek").value = Math.floor(time);
  at("seek").setAttribute("aria-valuetext", `${Math.floor(time)} of ${longest()}`);
  state.lanes.forEach((_, i) => drawFacts(i));
  const end = time >= longest();
  // Not `disabled`: the focus of who works with keys would be lost.
  at("step").setAttribute("aria-disabled", end);
  at("run").textContent = playing?.run ? "Pause" : end && longest() > 0 ? "Run again" : "Run";
  at("reset").setAttribute("aria-disabled", time === 0 && !playing);
  if (!rest || playing) return;
  say();
  if (at("table").open) later("table", 60, drawTable);
}

const ease = (share) => share * share * (3 - 2 * share);

function drawReadouts() {
  const run = runs[state.chosen];
  const { variables, symbol, dims } = objective();
  const t = stepOf(run);
  const many = (values) => values.map((value) => shown(value, dims > 1 ? 3 : 4)).join(", ");
  const pair = (values) => (dims > 1 ? `(${many(values)})` : many(values));
  const rows = run.points.length
    ? [["Iteration", `${t}`], [`Position ${dims > 1 ? `(${variables.join(", ")})` : variables[0]}`, pair(run.points[t]), "ball"], [`Loss ${symbol}`, shown(run.losses[t]), "loss"], [dims > 1 ? "Gradient" : "Gradient (slope)", pair(run.gradients[t]), "slope"]]
    : [["Iteration", "0"]];
  at("readouts").classList.toggle("pairs", dims > 1);
  at("readouts").replaceChildren(
    ...rows.map(([name, value, color]) => {
      const [term, detail] = [document.createElement("dt"), document.createElement("dd")];
      term.textContent = name;
      detail.textContent = value;
      if (color) detail.style.color = `var(--${color}-ink)`;
      const group = document.createElement("div");
      group.append(term, detail);
      return group;
    }),
  );
}

/** What is said while the ball rests: a question at the start, the step's own arithmetic on the way, the verdict at the end. */
function say() {
  const run = runs[state.chosen];
  const t = stepOf(run);
  if (run.points.length === 0 || time >= longest()) sentence(...ending());
  else if (time === 0) sentence("Guess first:", state.lanes.length > 1 ? "which method will be lowest after these steps? Then press Run." : "where will the ball be after a few steps? Then press Step, or Run.");
  else sentence(`Step ${t}:`, stepWords(run, t));
}

function stepWords(run, t) {
  if (t >= run.rates.length && t === run.points.length - 1 && Math.floor(time) > t) return `this run ended after ${counted(t)}.`;
  const [before, after] = [run.points[t - 1], run.points[t]];
  const change = run.losses[t] < run.losses[t - 1] ? "fell" : run.losses[t] > run.losses[t - 1] ? "rose" : "stayed";
  const loss = change === "stayed" ? `The loss stayed at ${brief(run.losses[t], 5)}.` : `The loss ${change} from ${brief(run.losses[t - 1], 5)} to ${brief(run.losses[t], 5)}.`;
  const plain = lane().method === "gradient-descent" && !lane().settings.weight_decay;
  if (objective().dims === 1 && plain) {
    const [rate, slope] = [run.rates[t - 1], run.gradients[t - 1][0]];
    const sign = slope < 0 ? `(${brief(slope, 5)})` : brief(slope, 5);
    const name = objective().variables[0];
    return `${name} ← ${brief(before[0], 5)} − ${brief(rate, 5)} × ${sign} = ${brief(after[0], 5)}. ${loss}`;
  }
  const length = Math.hypot(...after.map((x, i) => x - before[i]));
  return `it was ${brief(length)} long. ${loss}`;
}

function ending() {
  const [heading, words] = noisy() ?? verdict(runs[state.chosen], objective(), lane(), state.schedule === "constant");
  if (state.lanes.length === 1) return [`${heading}.`, words];
  const lasts = runs.map((run) => (run.losses.length ? run.losses[run.losses.length - 1] : Infinity));
  const best = Math.min(...lasts);
  const winners = state.lanes.map((one) => one.method).filter((_, i) => lasts[i] === best);
  const first = winners.length === 1 ? `${winners[0]} is lowest, with a loss of ${brief(best)}.` : `${winners.join(" and ")} are level, with a loss of ${brief(best)}.`;
  return [first, `${lane().method}: ${heading.toLowerCase()}. ${words}`];
}

/** What a run did whose steps saw a part of the rows; null for all others. */
function noisy() {
  const run = runs[state.chosen];
  const { rows, minima } = objective();
  if (!rows || state.batch >= rows.length || run.stop !== "STEP_LIMIT") return null;
  const best = minima.length ? ` The best line has ${brief(minima[0].value)}.` : "";
  return ["Noisy", `After ${counted(run.rates.length)} the loss has gone from ${brief(run.losses[0])} to ${brief(run.losses[run.losses.length - 1])}.${best} Each step saw ${batchWords(state.batch, rows.length).split(":")[0]}, so it follows these, not all.`];
}

function sentence(heading, words) {
  const strong = document.createElement("strong");
  strong.textContent = heading;
  if (at("verdict").textContent !== `${heading} ${words}`) at("verdict").replaceChildren(strong, ` ${words}`);
}

function drawFacts(i) {
  const facts = at("lanes").children[i]?.querySelector(".facts");
  if (!facts) return;
  const run = runs[i];
  const t = stepOf(run);
  const ended = t === run.points.length - 1 && Math.floor(time) >= t && run.stop !== "STEP_LIMIT" ? ` · ${ENDED[run.stop] ?? "ended"}` : "";
  facts.textContent = run.points.length ? `step ${t}: loss ${shown(run.losses[t])}${ended}` : "no finite start";
}

const ENDED = { FLAT: "slope almost zero", DIVERGED: "off the map", UNDEFINED: "no value beyond", SLOPELESS: "no slope beyond" };

function drawTable() {
  const run = runs[state.chosen];
  const names = objective().variables;
  const head = ["iteration", ...names, "loss", ...names.map((name) => (names.length > 1 ? `∂${objective().symbol}/∂${name}` : "gradient")), "rate of the next step"];
  const last = stepOf(run);
  const row = (cells, kind) => {
    const line = document.createElement("tr");
    for (const [i, text] of cells.entries()) {
      const cell = document.createElement(kind === "head" || i === 0 ? "th" : "td");
      cell.scope = kind === "head" ? "col" : "row";
      if (kind !== "head" && i > 0) cell.removeAttribute("scope");
      cell.textContent = text;
      line.append(cell);
    }
    return line;
  };
  const [top, body] = [document.createElement("thead"), document.createElement("tbody")];
  top.append(row(head, "head"));
  for (let t = Math.max(0, last - 499); t <= last && run.points.length; t++) {
    const line = row([t, ...run.points[t].map((x) => shown(x, 6)), shown(run.losses[t], 6), ...run.gradients[t].map((g) => shown(g, 6)), t < run.rates.length ? brief(run.rates[t], 6) : ""]);
    if (t === last) line.className = "here";
    body.append(line);
  }
  at("rows").replaceChildren(top, body);
}

// --- the rate ------------------------------------------------------------------------------------------------------

/** The ends of the slider: 0.001 to 1, or as far as the threshold and the rate ask. */
function rateRange() {
  const { bend, holds } = decidingCurvature(objective(), state.start);
  const limit = holds ? threshold(lane().method, lane().settings, bend) : null;
  const high = Math.max(limit !== null && limit < 0.02 ? limit * 5 : 1, limit !== null ? Math.min(limit * 1.6, 100) : 0);
  return { low: Math.min(0.001, high / 1000), high, limit };
}

function drawRate() {
  const { low, high, limit } = rateRange();
  const share = (rate) => Math.log(rate / low) / Math.log(high / low);
  at("rate").value = Math.round(1000 * Math.max(0, Math.min(1, share(lane().rate))));
  at("rate").setAttribute("aria-valuetext", String(lane().rate));
  if (document.activeElement !== at("rate-number")) at("rate-number").value = String(lane().rate);
  at("rate-number").removeAttribute("aria-invalid");
  const whole = !objective().rows || state.batch === state.rows.length;
  const known = whole && limit !== null && share(limit) > 0 && share(limit) <= 1;
  at("mark").hidden = !known;
  const plain = lane().method === "gradient-descent";
  if (known) {
    const place = Math.max(0, Math.min(1, share(limit)));
    at("mark").style.left = `calc(0.5rem + (100% - 1rem) * ${place})`;
    at("mark").style.translate = place > 0.85 ? "-88% 0" : place < 0.15 ? "-12% 0" : "-50% 0";
    at("mark").textContent = plain ? `2 / curvature = ${brief(limit)}` : `limit ${brief(limit)}`;
  }
  const { minimum } = decidingCurvature(objective(), state.start);
  const where = minimum === null ? "in a valley as curved as the start" : objective().minima.length > 1 ? "at the nearest minimum" : "at the minimum";
  const length = DATA.methods[lane().method].length ? "For this method, the rate is about the length of a step." : "";
  at("mark-words").textContent = known ? `Above ${brief(limit)}, ${lane().method} cannot settle ${where}: its steps overshoot further and further.` : length;
  for (const button of at("presets").children) button.setAttribute("aria-pressed", Number(button.dataset.rate) === lane().rate);
  const own = at("lanes").children[state.chosen]?.querySelector(".own");
  if (own && document.activeElement !== own) own.value = String(lane().rate);
}

function setRate(rate) {
  if (!(rate > 0) || !Number.isFinite(rate)) return false;
  lane().rate = rate;
  rewind();
  renew({ view: false });
  return true;
}

function drawPresets() {
  const found = presetsOf(lane());
  at("presets").replaceChildren(
    ...found.map(({ label, rate, reason }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.rate = rate;
      button.setAttribute("aria-pressed", rate === lane().rate);
      const head = document.createElement("span");
      const [name, value, why] = ["b", "span", "small"].map((kind) => document.createElement(kind));
      name.textContent = label;
      value.textContent = ` ${brief(rate, 4)}`;
      value.className = "value";
      why.textContent = reason;
      head.append(name, value);
      button.append(head, why);
      button.addEventListener("click", () => setRate(rate));
      return button;
    }),
  );
}

// --- controls ------------------------------------------------------------------------------------------------------

function option(value, text, chosen) {
  const one = document.createElement("option");
  one.value = value;
  one.textContent = text;
  one.selected = chosen;
  return one;
}

/** Controls whose number depends on the state: the formula, the lanes, the fields. */
function drawControls() {
  const now = objective();
  at("formula").textContent = `${now.symbol}(${now.variables.join(", ")}) = ${now.formula}`;
  at("function").value = state.function;
  at("log").checked = state.log;
  at("lanes").replaceChildren(...state.lanes.map(laneControl));
  at("add").hidden = state.lanes.length >= MOST_LANES;
  drawFields();
}

function laneControl(one, i) {
  const item = document.createElement("li");
  const choice = document.createElement("select");
  choice.setAttribute("aria-label", state.lanes.length > 1 ? `Method ${i + 1}` : "Method");
  choice.append(...Object.entries(DATA.methods).map(([name]) => option(name, name, name === one.method)));
  choice.addEventListener("change", () => {
    state.lanes[i] = { method: choice.value, rate: null, settings: settingsOf(DATA.methods[choice.value].settings) };
    state.chosen = i;
    rewind();
    renew({ shape: true });
    at("lanes").children[i].querySelector("select").focus();
  });
  const facts = document.createElement("span");
  facts.className = "facts";
  if (state.lanes.length === 1) {
    facts.textContent = DATA.methods[one.method].summary;
    facts.className = "note";
    item.append(choice, facts);
    return item;
  }
  const pick = document.createElement("input");
  Object.assign(pick, { type: "radio", name: "lane", checked: i === state.chosen });
  pick.setAttribute("aria-label", `Show the numbers of ${one.method}, method ${i + 1}`);
  pick.addEventListener("change", () => choose(i));
  const dot = document.createElement("span");
  dot.className = "dot";
  dot.style.background = colorOf(state.lanes, i);
  const rate = document.createElement("input");
  Object.assign(rate, { type: "text", inputMode: "decimal", className: "own", value: String(one.rate ?? ownRate(one)) });
  rate.setAttribute("aria-label", `Learning rate of ${one.method}, method ${i + 1}`);
  rate.addEventListener("change", () => {
    const value = read(rate.value);
    if (value > 0 && Number.isFinite(value)) {
      one.rate = value;
      rewind();
      renew({ view: false });
    }
    rate.value = String(one.rate);
  });
  const remove = document.createElement("button");
  remove.type = "button";
  remove.textContent = "×";
  remove.setAttribute("aria-label", `Remove ${one.method}, method ${i + 1}`);
  remove.addEventListener("click", () => {
    state.lanes.splice(i, 1);
    state.chosen = Math.min(state.chosen, state.lanes.length - 1);
    rewind();
    renew({ shape: true });
    at("add").focus();
  });
  item.append(pick, dot, choice, rate, remove, facts);
  return item;
}

function choose(i) {
  state.chosen = i;
  drawFields();
  drawRate();
  show(true);
  later("presets", 60, drawPresets);
  later("address", 300, writeAddress);
}

/** One labelled field; `set` gets its text, and says what stands there afterwards. */
function field(label, value, note, set) {
  const [box, input, small] = ["label", "input", "small"].map((kind) => document.createElement(kind));
  const name = document.createElement("span");
  name.textContent = label;
  if (typeof value === "boolean") Object.assign(input, { type: "checkbox", checked: value });
  else Object.assign(input, { type: "text", inputMode: "decimal", value: String(value) });
  input.addEventListener("change", () => {
    const kept = set(input.type === "checkbox" ? input.checked : input.value);
    if (input.type !== "checkbox") input.value = String(kept);
  });
  small.textContent = note;
  box.append(name, input, ...(note ? [small] : []));
  return box;
}

function drawFields() {
  const now = objective();
  const starts = now.variables.map((name, axis) =>
    field(`Start ${name}`, state.start[axis], "", (text) => {
      const value = read(text);
      if (Number.isFinite(value)) {
        state.start = state.start.map((old, i) => (i === axis ? value : old));
        rewind();
        renew({});
      }
      return state.start[axis];
    }),
  );
  const steps = field("Steps", state.steps, `at most ${MOST_STEPS}`, (text) => {
    const value = Math.round(read(text));
    if (value >= 1 && value <= MOST_STEPS) {
      state.steps = value;
      rewind();
      renew({});
    }
    return state.steps;
  });
  const [box, choice] = ["label", "select"].map((kind) => document.createElement(kind));
  const [name, small] = ["span", "small"].map((kind) => document.createElement(kind));
  name.textContent = "Schedule of the rate";
  small.textContent = DATA.schedules[state.schedule].summary;
  choice.append(...Object.keys(DATA.schedules).map((one) => option(one, one, one === state.schedule)));
  choice.addEventListener("change", () => {
    Object.assign(state, { schedule: choice.value, planned: {} });
    rewind();
    renew({});
    drawFields();
    at("fields").querySelector("select").focus();
  });
  box.append(name, choice, small);
  const planned = Object.entries(DATA.schedules[state.schedule].settings).map(([key, known]) =>
    field(`${key} of the schedule`, state.planned[key] ?? (key === "period" ? state.steps : known.value), DATA.meanings[known.meaning], (text) => {
      state.planned[key] = checked(known, text);
      rewind();
      renew({});
      return state.planned[key];
    }),
  );
  const settings = Object.entries(DATA.methods[lane().method].settings).map(([key, known]) =>
    field(`${key} of ${lane().method}`, lane().settings[key], DATA.meanings[known.meaning], (text) => {
      lane().settings[key] = checked(known, text);
      rewind();
      renew({});
      return lane().settings[key];
    }),
  );
  at("fields").replaceChildren(...starts, steps, box, ...planned, ...settings);
}

// --- playing -------------------------------------------------------------------------------------------------------

function play(until, pace, run) {
  playing = { until, pace, run, last: null };
  requestAnimationFrame(frame);
}

function frame(now) {
  if (!playing) return;
  const elapsed = playing.last === null ? 0 : Math.min(0.1, (now - playing.last) / 1000);
  playing.last = now;
  time = Math.min(playing.until, time + elapsed * playing.pace);
  if (time < playing.until) {
    if (calm.matches) stillStep();
    else show(false);
    requestAnimationFrame(frame);
    return;
  }
  stop();
  show(true);
}

/** Without motion, the ball is shown on its places alone. */
function stillStep() {
  const exact = time;
  time = Math.floor(time);
  show(false);
  time = exact;
}

function stop() {
  if (!playing) return;
  playing = null;
  later("address", 300, writeAddress);
}

function rewind() {
  stop();
  time = 0;
}

at("run").addEventListener("click", () => {
  if (playing?.run) {
    time = Math.ceil(time);
    stop();
    show(true);
    return;
  }
  if (time >= longest()) time = 0;
  play(longest(), speed, true);
  show(false);
});
at("step").addEventListener("click", () => {
  const until = Math.min(longest(), (playing ? Math.ceil(time) : Math.floor(time)) + (playing && !playing.run ? 0 : 1));
  if (playing && !playing.run) time = until;
  if (time < until && !calm.matches) {
    play(until, 1 / ONE_STEP_SECONDS, false);
    return;
  }
  time = playing && !playing.run ? Math.min(longest(), until + 1) : until;
  stop();
  show(true);
});
at("reset").addEventListener("click", () => {
  rewind();
  show(true);
  writeAddress();
});
at("seek").addEventListener("input", () => {
  stop();
  time = Math.min(longest(), Number(at("seek").value));
  show(true);
  later("address", 300, writeAddress);
});
at("speed").append(...SPEEDS.map((one) => option(one, `${one} / s`, one === speed)));
at("speed").addEventListener("change", () => {
  speed = Number(at("speed").value);
  if (playing?.run) playing.pace = speed;
});

// --- the other controls --------------------------------------------------------------------------------------------

at("function").append(
  ...[1, 2].map((dims) => {
    const group = document.createElement("optgroup");
    group.label = dims === 1 ? "One variable" : "Two variables";
    group.append(...Object.values(OBJECTIVES).filter((one) => one.dims === dims).map((one) => option(one.name, one.name, false)));
    return group;
  }).filter((group) => group.children.length),
);
at("function").addEventListener("change", () => {
  const name = at("function").value;
  const { rows = null } = OBJECTIVES[name];
  Object.assign(state, { rows, batch: rows?.length ?? 0 });
  const same = OBJECTIVES[name].dims === objective().dims;
  state = { ...state, function: name, start: OBJECTIVES[name].start, lanes: (same ? state.lanes : [state.lanes[0]]).map((one) => ({ ...one, rate: null })), chosen: 0 };
  rewind();
  renew({ shape: true });
});
at("rate").addEventListener("input", () => {
  const { low, high } = rateRange();
  setRate(rounded(low * (high / low) ** (Number(at("rate").value) / 1000), 3));
});
at("rate-number").addEventListener("change", () => {
  if (setRate(read(at("rate-number").value))) at("rate-number").value = String(lane().rate);
  else at("rate-number").setAttribute("aria-invalid", "true");
});
at("rate-number").addEventListener("blur", () => drawRate());
at("batch").addEventListener("input", () => {
  state.batch = Number(at("batch").value);
  rewind();
  renew({ view: false });
});
at("remove-point").addEventListener("click", () => points.remove());
at("all-points").addEventListener("click", () => {
  const { rows } = OBJECTIVES[state.function];
  Object.assign(state, { rows, batch: Math.min(state.batch, rows.length) });
  rewind();
  renew({});
});
at("log").addEventListener("change", () => {
  state.log = at("log").checked;
  show(!playing);
  later("address", 300, writeAddress);
});
at("add").addEventListener("click", () => {
  const usual = ["momentum", "adam", "rmsprop", "nesterov", "adagrad", "gradient-descent"];
  const method = usual.find((name) => state.lanes.every((one) => one.method !== name)) ?? "gradient-descent";
  state.lanes.push({ method, rate: null, settings: settingsOf(DATA.methods[method].settings) });
  rewind();
  renew({ shape: true });
  at("lanes").lastChild.querySelector("select").focus();
});
at("table").addEventListener("toggle", () => at("table").open && drawTable());

async function copy(text, done) {
  let copied = false;
  try {
    await navigator.clipboard.writeText(text);
    copied = true;
  } catch {
    const box = document.createElement("textarea");
    box.value = text;
    document.body.append(box);
    box.select();
    copied = document.execCommand("copy");
    box.remove();
  }
  at("copied").textContent = copied ? done : "The browser does not let this page copy.";
  later("copied", 4000, () => (at("copied").textContent = ""));
}

at("copy-link").addEventListener("click", () => copy(location.href.split("#")[0] + writeAddress(), "The link shows what you see now."));
at("copy-csv").addEventListener("click", () => copy(toCsv(objective(), state.lanes, runs), `${counted(runs.reduce((sum, run) => sum + run.rates.length, 0))} copied.`));

// --- challenges ----------------------------------------------------------------------------------------------------

function drawCards() {
  const list = challenges(OBJECTIVES, state.seed);
  at("challenges").hidden = list.length === 0;
  drawChallenges(at("cards"), list, state.done, (id) => {
    if (!state.done.includes(id)) state.done.push(id);
    drawScore(list);
    later("address", 300, writeAddress);
  }, showRun);
  drawScore(list);
}

function drawScore(list) {
  at("score").textContent = `${list.filter(({ id }) => state.done.includes(id)).length} of ${list.length} solved`;
}

/** Play a challenge's run on the picture, as far as the challenge goes. */
function showRun({ function: name, start, rate, steps, stop: last }) {
  const settings = settingsOf(DATA.methods["gradient-descent"].settings);
  Object.assign(state, { function: name, rows: null, batch: 0, start: [start], steps, schedule: "constant", planned: {}, chosen: 0, lanes: [{ method: "gradient-descent", rate, settings }] });
  rewind();
  renew({ shape: true });
  at("plot").scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  play(Math.min(last ?? longest(), longest()), last ? 1 : 6, true);
  show(false);
}

at("another").addEventListener("click", () => {
  state.seed = (state.seed % 999999) + 1;
  state.done = [];
  drawCards();
  later("address", 300, writeAddress);
});

// --- checked against gdsim -----------------------------------------------------------------------------------------

/** Whether a run here ends where gdsim's own ended: to the last bit, or where a function rounds otherwise, closely. */
function agrees([name, rate, loss, point, exact]) {
  const { function: of, start, steps } = DATA.golden;
  const shape = OBJECTIVES[of].rows ? lineThrough(OBJECTIVES[of], OBJECTIVES[of].rows) : OBJECTIVES[of];
  const method = METHODS[name](settingsOf(DATA.methods[name].settings), shape);
  const run = simulate(shape, method, SCHEDULES.constant(rate), start, steps, []);
  const end = run.points[steps];
  if (!end) return false;
  const near = (one, other) => (exact ? one === other : Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(other)));
  return near(run.losses[steps], loss) && end.every((x, i) => near(x, point[i]));
}

function check() {
  const good = DATA.golden.ends.filter(agrees).length;
  at("checked").textContent = `Checked against gdsim ${DATA.version}: ${good} of ${DATA.golden.ends.length} runs agree.`;
  at("checked").classList.toggle("failed", good < DATA.golden.ends.length);
}

// --- beginning -----------------------------------------------------------------------------------------------------

addEventListener("hashchange", () => {
  stop();
  state = fromAddress(DATA, location.hash);
  time = state.step;
  renew({ shape: true });
  drawCards();
});
new ResizeObserver(() => {
  stage.set(objective(), state.start, state.lanes);
  drawData();
  show(!playing);
}).observe(at("plot"));
matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => renew({}));

time = state.step;
renew({ shape: true });
time = Math.min(state.step, longest());
show(true);
drawCards();
check();
document.documentElement.dataset.ready = "yes";
