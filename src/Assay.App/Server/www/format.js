// Writes numbers and moments as the pipeline and the reader are used to. Decimals come as texts and are never turned into
// floating point to be written: Intl takes the digits as they are.

export class Format {
  constructor({ locale, currency, money = [], percent = [] } = {}) {
    this.locale = locale ?? undefined;
    this.currency = currency ?? null;
    this.money = new Set(money);
    this.percent = new Set(percent);
  }

  /** A cell of a column `{ name, type, scale }`. */
  cell(value, column) {
    if (value === null || value === undefined) return '–';
    if (isNumber(column)) return this.number(value, column);
    if (column.type === 'date') return this.date(value);
    if (column.type === 'timestamp') return this.moment(value);
    if (column.type === 'month') return this.month(value);
    if (column.type === 'boolean') return value ? 'yes' : 'no';
    return String(value);
  }

  number(value, column, isShort = false) {
    const options = isShort ? { notation: 'compact', maximumFractionDigits: 1 } : { minimumFractionDigits: digits(value), maximumFractionDigits: 20 };
    if (this.percent.has(column.name)) {
      return this.of({ style: 'percent', maximumFractionDigits: isShort ? 0 : 2 }, value);
    }
    if (this.money.has(column.name) && this.currency) {
      return this.of({ style: 'currency', currency: this.currency, currencyDisplay: 'narrowSymbol', ...options, ...(isShort ? {} : { minimumFractionDigits: 2, maximumFractionDigits: 2 }) }, value);
    }
    return this.of(isShort ? options : { ...options, minimumFractionDigits: Math.min(digits(value), 6), maximumFractionDigits: 6 }, value);
  }

  of(options, value) {
    try {
      return new Intl.NumberFormat(this.locale, options).format(value);
    } catch {
      return String(value);
    }
  }

  date(text) {
    const [year, month, day] = text.split('-').map(Number);
    return new Intl.DateTimeFormat(this.locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, day));
  }

  /** A figure by itself, beside which no others stand whose digits it should line up with: `3.75`, not `3.750000`. */
  figure(value, column) {
    const isPlain = isNumber(column) && !this.percent.has(column.name) && !(this.currency && this.money.has(column.name));
    return isPlain ? this.of({ maximumFractionDigits: 2 }, value) : this.cell(value, column);
  }

  /** A month such as `2024-03`; what is none, as text. */
  month(text) {
    const [, year, month] = /^(\d{4})-(\d{2})$/.exec(text) ?? [];
    return year ? new Intl.DateTimeFormat(this.locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, 1)) : text;
  }

  /** A moment without a zone: it is local to the pipeline's. */
  moment(text) {
    const at = new Date(`${text.replace(' ', 'T')}Z`);
    return Number.isNaN(at.valueOf()) ? text : new Intl.DateTimeFormat(this.locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(at);
  }
}

const plain = new Format();

export const isNumber = (column) => column.type === 'integer' || column.type === 'decimal';

const digits = (value) => {
  const text = String(value);
  const at = text.indexOf('.');
  return at < 0 ? 0 : text.length - at - 1;
};

export const count = (value) => plain.of({}, value ?? 0);

/** A number of things: `1 row`, `2 rows`. */
export const many = (value, thing) => `${count(value)} ${thing}${Number(value) === 1 ? '' : 's'}`;

export const share = (part, whole) => whole > 0 ? plain.of({ style: 'percent', maximumFractionDigits: 1 }, part / whole) : '–';

export function bytes(value) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let at = 0;
  while (value >= 1000 && at < units.length - 1) { value /= 1000; at++; }
  return `${plain.of({ maximumFractionDigits: value < 10 && at > 0 ? 1 : 0 }, value)} ${units[at]}`;
}

export function duration(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  if (seconds === 0) return '0 s';
  if (seconds < 0.0995) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${plain.of({ maximumFractionDigits: seconds < 1 ? 2 : seconds < 10 ? 1 : 0 }, seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Writes durations that stand beside one another in one unit: milliseconds where none reaches a second. */
export const durations = (all) => Math.max(0, ...all) < 1 ? (seconds) => `${plain.of({ maximumFractionDigits: seconds < 0.01 ? 1 : 0 }, seconds * 1000)} ms` : duration;

/** A moment with a zone, as the reader's clock shows it. */
export function when(text) {
  if (!text) return '–';
  const at = new Date(text);
  return Number.isNaN(at.valueOf()) ? text : new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
}

/** The same on an axis, where there is little room: without the day where all of `others` are of one, then to the second where minutes do not tell them apart. */
export function shortly(text, others = []) {
  const days = new Set(others.map((one) => new Date(one).toDateString()));
  const time = { hour: '2-digit', minute: '2-digit' };
  const write = (options, one) => new Intl.DateTimeFormat(undefined, options).format(new Date(one));
  if (days.size !== 1) return write({ day: 'numeric', month: 'short', ...time }, text);
  return write(new Set(others.map((one) => write(time, one))).size < others.length ? { ...time, second: '2-digit' } : time, text);
}

export function ago(text) {
  const at = new Date(text);
  if (!text || Number.isNaN(at.valueOf())) return '–';
  const seconds = (at - Date.now()) / 1000;
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  for (const [unit, size] of [['day', 86400], ['hour', 3600], ['minute', 60]]) {
    if (Math.abs(seconds) >= size) return words.format(Math.round(seconds / size), unit);
  }
  return 'just now';
}
