// Names of things as people read them.

import { isNumber } from './format.js';

/** A code as words: `not_a_number` is "not a number". */
export const spoken = (code) => code.replaceAll('_', ' ').replace(/\butf8\b/g, 'UTF-8');

/** A column's name as words: `order_id` is "Order ID". */
export const title = (name) => {
  const words = spoken(name).replace(/\bid\b/g, 'ID');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Whether a column numbers things, as far as its name tells: then a name beside it says more. */
export const isId = (column) => /(^|_)(id|number|code|key)$/.test(column.name);

/**
 * What rows are called on an axis: by one key where that tells them apart, as "July" does without its number, else by two,
 * else by all. Names go before numbers, which stay in the tooltip and in the table.
 */
export function labels(keys, rows) {
  if (keys.length === 0) return rows.map(() => 'all');
  const weak = (key) => isNumber(key) || isId(key);
  const names = keys.filter((key) => !weak(key));
  const numbers = keys.filter(weak);
  const tries = [...names.map((one) => [one]), ...names.slice(0, 1).flatMap((one) => [...numbers, ...names.slice(1)].map((other) => [one, other])), [...names, ...numbers]];
  const written = (some) => rows.map((row) => some.map((key) => key.text(row)).join(' · '));
  return written(tries.find((some) => new Set(written(some)).size === rows.length) ?? tries.at(-1));
}
