import { h, replace, empty } from '../dom.js';
import { get } from '../api.js';
import { booksOption, chart, seriesFigures, seriesOption } from '../charts.js';
import { bytes, count, duration, share } from '../format.js';
import { badge, booksTable, card, heading, tile, tiles, time } from '../parts.js';

/** Everything that is known about a run. */
export async function run(place, { parts: [id], signal }) {
  const data = await get(`/dashboard/data/runs/${encodeURIComponent(id)}`, signal);
  replace(place, heading(`Run ${id}`, data.title), runReport(data));
}

/** The report of a run, also on the page of its job. */
export function runReport(data) {
  const read = data.books.reduce((sum, book) => sum + book.read, 0);
  const rejected = data.books.reduce((sum, book) => sum + book.quarantined, 0);
  const seconds = data.finished ? (new Date(data.finished) - new Date(data.started)) / 1000 : null;
  const steps = data.timings.map((one) => ({ name: one.step, value: one.seconds }));
  return [
    tiles(
      tile('State', badge(data.status), time(data.started)),
      tile('Rows read', count(read), data.rows_per_second > 0 ? `${count(Math.round(data.rows_per_second))} a second` : null),
      tile('Quarantined', count(rejected), read > 0 ? share(rejected, read) : null),
      tile('Took', duration(seconds), data.engine ? `on ${data.engine}` : null),
      tile('Peak memory', bytes(data.peak_memory_bytes ?? 0))),
    data.error && h('p', { class: 'wrong', role: 'alert' }, data.error),
    read > 0 && card('Where the rows went',
      chart(booksOption(data.books, count), `Where the rows went: of ${read} read, ${rejected} were quarantined. The table below has the figures.`, 120 + 110 * data.books.filter((book) => book.read > 0).length).element,
      booksTable(data.books),
      rejected > 0 && h('p', {}, h('a', { href: `/dashboard/quarantine/${encodeURIComponent(data.run_id)}` }, 'Look at the quarantined rows'))),
    h('div', { class: 'cards' },
      steps.length > 0 && card('Time by step', chart(seriesOption('bar', steps, duration, 1), 'Time by step. The figures stand below.', 240).element, seriesFigures('Time by step', 'Step', steps, duration)),
      card('Checks', data.checks.length === 0 ? empty('The pipeline declares no checks') : h('ul', { class: 'checks' }, data.checks.map((check) => h('li', { class: check.holds ? 'good' : check.severity === 'warn' ? 'warn' : 'bad' },
        h('strong', {}, `${check.table}.${check.name}`), ' ', check.holds ? 'holds' : `does not hold: found ${check.observed}`, check.expected && h('small', { class: 'block soft' }, `expected ${check.expected}`)))))),
    data.inputs.length > 0 && card('Inputs', h('ul', { class: 'plain' }, data.inputs.map((input) => h('li', {}, input.name, input.bytes ? h('small', { class: 'soft' }, ` ${bytes(input.bytes)}`) : null, input.seen && h('small', { class: 'soft' }, ' (loaded before)'))))),
  ].filter(Boolean);
}
