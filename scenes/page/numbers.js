// How numbers are shown and read.

const RAISED = { "-": "⁻", ...Object.fromEntries([..."0123456789"].map((digit, i) => [digit, "⁰¹²³⁴⁵⁶⁷⁸⁹"[i]])) };

/** A number as read-outs show it: so many decimals, or a power of ten where these would hide it. */
export function shown(value, decimals = 4) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "undefined" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.5 * 10 ** -decimals || size >= 1e6)) return powerOfTen(value);
  return signed(size >= 1e4 ? value.toFixed(1) : value.toFixed(decimals));
}

/** The same for sentences and axes: as few digits as say it, at most so many that count. */
export function brief(value, digits = 3) {
  if (!Number.isFinite(value)) return shown(value);
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return powerOfTen(rounded, Math.max(0, digits - 2));
  return signed(String(rounded));
}

const signed = (text) => (/^-0(\.0*)?$/.test(text) ? text.slice(1) : text.replace("-", "−"));

function powerOfTen(value, decimals = 2) {
  const [digits, exponent] = value.toExponential(decimals).split("e");
  const raised = [...exponent.replace("+", "")].map((sign) => RAISED[sign]).join("");
  const plain = Number(digits) === 1 ? "" : `${String(Number(digits))} × `;
  return signed(`${plain}10${raised}`);
}

/** A number as it may be typed: with a comma, or a true minus; NaN if it is none. */
export function read(text) {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return plain === "" ? NaN : Number(plain);
}

/** About `count` round numbers from low to high. */
export function ticks(low, high, count) {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * unit).find((one) => one >= rough);
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) found.push(Number((i * step).toPrecision(12)));
  return found;
}

/** A rate as a person would choose it: two digits that count. */
export const rounded = (rate, digits = 2) => Number(rate.toPrecision(digits));
