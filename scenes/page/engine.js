// The simulator once more, for a page: the twin of gdsim's modules, operation by operation, in the same order.
// It knows no page. +, −, ×, ÷ and √ have the same bits in every language; so nothing here uses `**` on a variable.

// --- numbers (gdsim/expression_graph.py) ---------------------------------------------------------------------------

/** A whole power as products, in the order of gdsim's own: the same bits. */
export function power(base, exponent) {
  let result = null;
  for (let count = exponent; count > 0; count = Math.floor(count / 2)) {
    if (count % 2) result = result === null ? base : result * base;
    base = base * base;
  }
  return result === null ? 1 : result;
}

export const square = (x) => x * x;
/** The derivative of |x|: the sign, and undefined at the kink. */
export const turn = (x) => (x === 0 ? NaN : Math.sign(x));
/** The second derivative of |x|: 0, and undefined at the kink. */
export const corner = (x) => (x === 0 ? NaN : 0);

/** base to a whole power, rounded once: C's pow does that nearly always, Math.pow in a browser need not. */
export function roundedPower(base, exponent) {
  let [high, low] = [1, 0];
  let [up, rest] = [base, 0];
  for (let count = exponent; count > 0; count = Math.floor(count / 2)) {
    if (count % 2) [high, low] = longProduct(high, low, up, rest);
    [up, rest] = longProduct(up, rest, up, rest);
  }
  return high;
}

/** The product of two numbers of two doubles each (Dekker, 1971). */
function longProduct(a, aLow, b, bLow) {
  const product = a * b;
  const [aTop, aEnd] = halves(a);
  const [bTop, bEnd] = halves(b);
  let error = aTop * bTop - product + aTop * bEnd + aEnd * bTop + aEnd * bEnd;
  error += a * bLow + aLow * b;
  const sum = product + error;
  return [sum, error - (sum - product)];
}

function halves(a) {
  const far = 134217729 * a;
  const top = far - (far - a);
  return [top, a - top];
}

export const norm = (vector) => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
const zeros = (point) => point.map(() => 0);
const plus = (one, other) => one.map((value, i) => value + other[i]);
const decayed = (gradient, decay, point) => (decay ? gradient.map((g, i) => g + decay * point[i]) : gradient);

// --- methods (gdsim/optimiser.py, adaptive.py, adam.py, curvature.py) ---------------------------------------------
// Each takes its settings and returns { init(point), update(gradient, state, rate, point) -> [move, state] }.

export const METHODS = {
  "gradient-descent": ({ weight_decay }) => ({
    init: () => null,
    update: (gradient, state, rate, point) => [decayed(gradient, weight_decay, point).map((g) => -rate * g), state],
  }),

  momentum: ({ decay, dampening, weight_decay }) => {
    const share = decay ? 1 - dampening : 1;
    return {
      init: () => null,
      update(gradient, velocity, rate, point) {
        gradient = decayed(gradient, weight_decay, point);
        velocity = velocity === null ? gradient : gradient.map((g, i) => decay * velocity[i] + share * g);
        return [velocity.map((v) => -rate * v), velocity];
      },
    };
  },

  nesterov: ({ decay, weight_decay }) => ({
    init: () => null,
    update(gradient, velocity, rate, point) {
      gradient = decayed(gradient, weight_decay, point);
      velocity = velocity === null ? gradient : gradient.map((g, i) => decay * velocity[i] + g);
      return [gradient.map((g, i) => -rate * (g + decay * velocity[i])), velocity];
    },
  }),

  asgd: ({ scale, power: exponent, weight_decay }) => ({
    init: () => ({ steps: 0, rate: null }),
    update(gradient, state, rate, point) {
      gradient = decayed(gradient, weight_decay, point);
      const reduced = state.rate === null ? rate : state.rate;
      const move = gradient.map((g, i) => -scale * reduced * point[i] - reduced * g);
      const steps = state.steps + 1;
      return [move, { steps, rate: rate / Math.pow(1 + scale * rate * steps, exponent) }];
    },
  }),

  adagrad: ({ epsilon, accumulator, rate_decay, weight_decay }) => ({
    init: (point) => ({ steps: 0, squares: point.map(() => accumulator) }),
    update(gradient, state, rate, point) {
      gradient = decayed(gradient, weight_decay, point);
      const squares = gradient.map((g, i) => state.squares[i] + g * g);
      const decayedRate = rate / (1 + state.steps * rate_decay);
      const move = gradient.map((g, i) => (-decayedRate * g) / (Math.sqrt(squares[i]) + epsilon));
      return [move, { steps: state.steps + 1, squares }];
    },
  }),

  adadelta: ({ decay, epsilon, weight_decay }) => ({
    init: (point) => ({ squares: zeros(point), steps: zeros(point) }),
    update(gradient, state, rate, point) {
      gradient = decayed(gradient, weight_decay, point);
      const squares = gradient.map((g, i) => decay * state.squares[i] + (1 - decay) * (g * g));
      const step = gradient.map(
        (g, i) => (Math.sqrt(state.steps[i] + epsilon) / Math.sqrt(squares[i] + epsilon)) * g,
      );
      const steps = step.map((d, i) => decay * state.steps[i] + (1 - decay) * (d * d));
      return [step.map((d) => -rate * d), { squares, steps }];
    },
  }),

  rmsprop: ({ decay, epsilon, centred, momentum, weight_decay }) => ({
    init: (point) => ({ second: zeros(point), first: zeros(point), velocity: zeros(point) }),
    update(gradient, state, rate, point) {
      gradient = decayed(gradient, weight_decay, point);
      const second = gradient.map((g, i) => decay * state.second[i] + (1 - decay) * (g * g));
      const first = centred ? gradient.map((g, i) => decay * state.first[i] + (1 - decay) * g) : state.first;
      const velocity = gradient.map((g, i) => {
        const size = Math.sqrt(centred ? second[i] - first[i] * first[i] : second[i]) + epsilon;
        return momentum ? momentum * state.velocity[i] + g / size : g / size;
      });
      return [velocity.map((v) => -rate * v), { second, first, velocity }];
    },
  }),

  rprop: ({ shrink, grow, smallest, largest }) => ({
    init: () => null,
    update(gradient, state, rate) {
      const last = state === null ? { gradient: zeros(gradient), size: gradient.map(() => rate) } : state;
      const agreement = gradient.map((g, i) => Math.sign(g * last.gradient[i]));
      const size = agreement.map((a, i) => {
        const grown = last.size[i] * (a < 0 ? shrink : a > 0 ? grow : 1);
        return Math.min(Math.max(grown, smallest), largest);
      });
      const used = gradient.map((g, i) => (agreement[i] < 0 ? 0 : g));
      return [used.map((g, i) => -size[i] * Math.sign(g)), { gradient: used, size }];
    },
  }),

  adam: ({ beta1, beta2, epsilon, weight_decay, amsgrad, decoupled }) => ({
    init: (point) => ({ steps: 0, first: zeros(point), second: zeros(point), largest: zeros(point) }),
    update(gradient, state, rate, point) {
      const step = state.steps + 1;
      if (!decoupled) gradient = decayed(gradient, weight_decay, point);
      const { first, second } = moments(gradient, state, beta1, beta2);
      const largest = amsgrad ? second.map((v, i) => Math.max(state.largest[i], v)) : second;
      const correction = Math.sqrt(1 - roundedPower(beta2, step));
      const start = -rate / (1 - roundedPower(beta1, step));
      let move = first.map((m, i) => (start * m) / (Math.sqrt(largest[i]) / correction + epsilon));
      if (weight_decay && decoupled) move = move.map((d, i) => d - rate * weight_decay * point[i]);
      return [move, { steps: step, first, second, largest }];
    },
  }),

  adamw: (settings) => METHODS.adam({ ...settings, decoupled: true }),

  amsgrad: (settings) => METHODS.adam({ ...settings, amsgrad: true, decoupled: false }),

  nadam: ({ beta1, beta2, epsilon, momentum_decay, weight_decay, decoupled }) => {
    const momentumAt = (step) => beta1 * (1 - 0.5 * Math.pow(0.96, step * momentum_decay));
    return {
      init: (point) => ({ steps: 0, product: 1, first: zeros(point), second: zeros(point) }),
      update(gradient, state, rate, point) {
        const step = state.steps + 1;
        if (!decoupled) gradient = decayed(gradient, weight_decay, point);
        const { first, second } = moments(gradient, state, beta1, beta2);
        const [now, ahead] = [momentumAt(step), momentumAt(step + 1)];
        const product = state.product * now;
        const correction = 1 - roundedPower(beta2, step);
        const [fresh, kept] = [(1 - now) / (1 - product), ahead / (1 - product * ahead)];
        const move = gradient.map((g, i) => {
          const decay = weight_decay && decoupled ? rate * weight_decay * point[i] : 0;
          return (-rate * (fresh * g + kept * first[i])) / (Math.sqrt(second[i] / correction) + epsilon) - decay;
        });
        return [move, { steps: step, product, first, second }];
      },
    };
  },

  radam: ({ beta1, beta2, epsilon, weight_decay, decoupled }) => {
    const longest = 2 / (1 - beta2) - 1;
    return {
      init: (point) => ({ steps: 0, first: zeros(point), second: zeros(point) }),
      update(gradient, state, rate, point) {
        const step = state.steps + 1;
        if (!decoupled) gradient = decayed(gradient, weight_decay, point);
        const { first, second } = moments(gradient, state, beta1, beta2);
        const faded = roundedPower(beta2, step);
        const correction = 1 - faded;
        const length = longest - (2 * step * faded) / correction;
        const start = -rate / (1 - roundedPower(beta1, step));
        let move = first.map((m) => start * m);
        if (length > 5) {
          const ratio = ((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length);
          const trusted = Math.sqrt(ratio * correction);
          move = move.map((d, i) => d * (trusted / (Math.sqrt(second[i]) + epsilon)));
        }
        if (weight_decay && decoupled) move = move.map((d, i) => d - rate * weight_decay * point[i]);
        return [move, { steps: step, first, second }];
      },
    };
  },

  adamax: ({ beta1, beta2, epsilon, weight_decay }) => ({
    init: (point) => ({ steps: 0, first: zeros(point), largest: zeros(point) }),
    update(gradient, state, rate, point) {
      const step = state.steps + 1;
      gradient = decayed(gradient, weight_decay, point);
      const first = gradient.map((g, i) => beta1 * state.first[i] + (1 - beta1) * g);
      const largest = gradient.map((g, i) => Math.max(beta2 * state.largest[i], Math.abs(g) + epsilon));
      const start = -rate / (1 - roundedPower(beta1, step));
      return [first.map((m, i) => (start * m) / largest[i]), { steps: step, first, largest }];
    },
  }),

  adafactor: ({ beta2_decay, epsilon, smallest_scale, clipping, weight_decay }) => ({
    init: (point) => ({ steps: 0, second: zeros(point) }),
    update(gradient, state, rate, point) {
      const step = state.steps + 1;
      const fresh = Math.pow(step, beta2_decay);
      const second = gradient.map((g, i) => state.second[i] + fresh * (g * g - state.second[i]));
      let direction = gradient.map((g, i) => g / Math.max(Math.sqrt(second[i]), epsilon));
      const clipped = Math.max(1, rootMeanSquare(direction) / clipping);
      direction = direction.map((d) => d / clipped);
      const scale = Math.min(rate, 1 / Math.sqrt(step)) * Math.max(smallest_scale, rootMeanSquare(point));
      let move = direction.map((d) => -scale * d);
      if (weight_decay) move = move.map((d, i) => d - rate * weight_decay * point[i]);
      return [move, { steps: step, second }];
    },
  }),

  newton: ({ damping }, objective) => ({
    init: () => null,
    update(gradient, state, rate, point) {
      const bends = objective.bend(...point);
      if (!bends.every(Number.isFinite)) return [point.map(() => NaN), state];
      const divisor = (bend) => Math.max(Math.abs(bend), damping);
      if (point.length === 1) return [[-rate * (gradient[0] / divisor(bends[0]))], state];
      const { values, axes } = eigen(bends);
      const along = axes.map((axis, k) => (axis[0] * gradient[0] + axis[1] * gradient[1]) / divisor(values[k]));
      return [[0, 1].map((i) => -rate * (axes[0][i] * along[0] + axes[1][i] * along[1])), state];
    },
  }),
};

function moments(gradient, state, beta1, beta2) {
  return {
    first: gradient.map((g, i) => beta1 * state.first[i] + (1 - beta1) * g),
    second: gradient.map((g, i) => beta2 * state.second[i] + (1 - beta2) * (g * g)),
  };
}

const rootMeanSquare = (vector) => norm(vector) / Math.sqrt(vector.length);

/** The eigenvalues, ascending, and unit eigenvectors of [[a, b], [b, c]], by one rotation (Jacobi, 1846). */
export function eigen([a, b, c]) {
  if (b === 0) return a <= c ? { values: [a, c], axes: [[1, 0], [0, 1]] } : { values: [c, a], axes: [[0, 1], [1, 0]] };
  const middle = (c - a) / (2 * b);
  const tangent = (middle < 0 ? -1 : 1) / (Math.abs(middle) + Math.sqrt(middle * middle + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  const pairs = [
    { value: a - tangent * b, axis: [cosine, -sine] },
    { value: c + tangent * b, axis: [sine, cosine] },
  ].sort((one, other) => one.value - other.value);
  return { values: pairs.map((pair) => pair.value), axes: pairs.map((pair) => pair.axis) };
}

/** The largest curvature in any direction. */
export function curvature(objective, point) {
  const bends = objective.bend(...point);
  return bends.length === 1 ? bends[0] : bends.every(Number.isFinite) ? eigen(bends).values[1] : NaN;
}

// --- schedules (gdsim/schedule.py) ---------------------------------------------------------------------------------

export const SCHEDULES = {
  constant: (rate) => () => rate,
  step: (rate, { every, factor }) => (step) => rate * roundedPower(factor, Math.floor(step / every)),
  exponential: (rate, { factor }) => (step) => rate * roundedPower(factor, step),
  cosine: (rate, { period, lowest }) => (step) =>
    lowest + ((rate - lowest) * (1 + Math.cos((Math.PI * step) / period))) / 2,
  "warmup-cosine": (rate, { period, warmup, warmup_start, lowest }) => {
    const fall = SCHEDULES.cosine(rate, { period: Math.max(1, period - warmup), lowest });
    return (step) =>
      step < warmup ? rate * (warmup_start + ((1 - warmup_start) * step) / warmup) : fall(step - warmup);
  },
  "inverse-time": (rate, { decay }) => (step) => rate / (1 + decay * step),
};

// --- stopping (gdsim/stop.py) --------------------------------------------------------------------------------------
// A rule looks at { step, point, loss, gradient, previousLoss, previousPoint } and returns a reason or null.

export const RULES = {
  flat: (epsilon = 1e-6) => (here) => (norm(here.gradient) < epsilon ? "FLAT" : null),
  settled: (tolerance) => (here) =>
    here.previousLoss !== null && Math.abs(here.loss - here.previousLoss) < tolerance ? "SETTLED" : null,
  still: (distance) => (here) =>
    here.previousPoint !== null && norm(here.point.map((x, i) => x - here.previousPoint[i])) < distance
      ? "STILL"
      : null,
  beyond: (bound) => (here) => (farthest(here.point) > bound ? "DIVERGED" : null),
};

const farthest = (point) => Math.max(...point.map(Math.abs));

function lost(point, loss, bound) {
  if (point.some(Number.isNaN)) return "UNCOMPUTABLE";
  if (farthest(point) > bound) return "DIVERGED";
  return Number.isFinite(loss) ? "SLOPELESS" : "UNDEFINED";
}

// --- a run (gdsim/simulate.py) -------------------------------------------------------------------------------------

export const MAP_SIZES = 50;
const LEARNED_NOTHING = { points: [], losses: [], gradients: [], rates: [] };

export const mapBound = (objective, start) =>
  MAP_SIZES * Math.max(1, ...objective.domain.flat().map(Math.abs), ...start.map(Math.abs));

/**
 * Run a method on an objective, { look(x[, y]) -> [loss, ...gradient], bend, domain }.
 * `method` is one of METHODS with its settings, `rateAt` a schedule. Row 0 is the start. A run ends before a step whose
 * point, loss or gradient is not finite; without a finite start it has no rows.
 */
export function simulate(objective, method, rateAt, start, steps, rules = null) {
  const bound = mapBound(objective, start);
  rules = rules ?? [RULES.flat(), RULES.beyond(bound)];
  let [point, [loss, ...gradient]] = [start, objective.look(...start)];
  if (![loss, ...gradient, ...point].every(Number.isFinite)) return { ...LEARNED_NOTHING, stop: "UNDEFINED" };
  const run = { points: [point], losses: [loss], gradients: [gradient], rates: [], stop: null };
  let state = method.init(point);
  run.stop = firstOf(rules, { step: 0, point, loss, gradient, previousLoss: null, previousPoint: null });
  while (run.stop === null && run.rates.length < steps) {
    const rate = rateAt(run.rates.length);
    const before = point;
    let move;
    [move, state] = method.update(gradient, state, rate, point);
    point = plus(point, move);
    [loss, ...gradient] = objective.look(...point);
    if (![loss, ...gradient, ...point].every(Number.isFinite)) {
      run.stop = lost(point, loss, bound);
      break;
    }
    run.points.push(point);
    run.losses.push(loss);
    run.gradients.push(gradient);
    run.rates.push(rate);
    const [previousLoss, previousPoint] = [run.losses[run.losses.length - 2], before];
    run.stop = firstOf(rules, { step: run.rates.length, point, loss, gradient, previousLoss, previousPoint });
  }
  run.stop = run.stop ?? "STEP_LIMIT";
  return run;
}

function firstOf(rules, here) {
  for (const rule of rules) {
    const reason = rule(here);
    if (reason !== null) return reason;
  }
  return null;
}
