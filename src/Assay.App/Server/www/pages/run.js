import { h, replace, empty, words } from '../dom.js';
import { title } from '../labels.js';
import { get } from '../api.js';
import { booksOption, chart, seriesFigures, seriesOption } from '../charts.js';
import { bytes, count, duration, durations, many, share, when } from '../format.js';
import { badge, booksTable, card, crumbs, heading, tile, tiles, time } from '../parts.js';

const ENGINES = { memory: 'in memory', duckdb: 'on DuckDB', sqlite: 'on SQLite', postgres: 'on PostgreSQL', mysql: 'on MySQL', mariadb: 'on MariaDB' };

/** Everything that is known about a run. */
export async function run(place, { parts: [id], signal }) {
  const data = await get(`/dashboard/data/runs/${encodeURIComponent(id)}`, signal);
  const lead = h('span', {}, `“${data.title}” · `, h('code', {}, id));
  replace(place, crumbs(['Overview', '/dashboard/'], [data.title, `/dashboard/pipelines/${encodeURIComponent(data.pipeline)}`]),
    heading(`Run of ${when(data.started)}`, lead, data.job && h('a', { class: 'button quiet', href: `/dashboard/jobs/${encodeURIComponent(data.job)}` }, 'See its job')), runReport(data));
}

/** The report of a run, also on the page of its job, which says its state by itself and has downloads besides. */
export function runReport(data, { isOfJob = false, downloads = null } = {}) {
  const read = data.books.reduce((sum, book) => sum + book.read, 0);
  const rejected = data.books.reduce((sum, book) => sum + book.quarantined, 0);
  const seconds = data.finished ? (new Date(data.finished) - new Date(data.started)) / 1000 : null;
  const steps = data.timings.map((one) => ({ name: title(one.step), value: one.seconds }));
  const inUnits = durations(steps.map((step) => step.value));
  return [
    tiles(
      !isOfJob && tile('State', badge(data.status), time(data.started)),
      tile('Rows read', count(read), data.rows_per_second > 0 ? `${count(Math.round(data.rows_per_second))} a second` : null),
      tile('Quarantined', count(rejected), read > 0 ? share(rejected, read) : null),
      tile('Took', duration(seconds), data.engine ? ENGINES[data.engine] ?? `on ${data.engine}` : null),
      tile('Peak memory', bytes(data.peak_memory_bytes ?? 0))),
    downloads,
    data.error && h('div', { class: 'failure', role: 'alert' }, h('h2', {}, 'Why it failed'), h('p', {}, words(data.error))),
    read > 0 && card('Where the rows went',
      chart(booksOption(data.books, count), `Where the rows went: of ${many(read, 'row')} read, ${count(rejected)} were quarantined. The table below has the figures.`, 120 + 110 * data.books.filter((book) => book.read > 0).length).element,
      booksTable(data.books),
      rejected > 0 && h('p', {}, h('a', { href: `/dashboard/quarantine/${encodeURIComponent(data.run_id)}` }, rejected === 1 ? 'Look at the quarantined row' : `Look at the ${count(rejected)} quarantined rows`))),
    h('div', { class: 'cards' },
      steps.length > 0 && card('Time by step', chart(seriesOption('bar', steps, inUnits, 1), 'Time by step. The figures stand below.', 240).element, seriesFigures('Time by step', 'Step', steps, inUnits)),
      card('Checks', data.checks.length === 0 ? empty(data.status === 'completed' ? 'The pipeline declares no checks' : 'No check was made', data.status !== 'completed' && 'Checks are made when all rows are there.') : h('ul', { class: 'checks' }, data.checks.map((check) => h('li', { class: check.holds ? 'good' : check.severity === 'warn' ? 'warn' : 'bad' },
        h('strong', {}, `${check.table}.${check.name}`), ' ', check.holds ? 'holds' : `does not hold: found ${check.observed}`, check.expected && h('small', { class: 'block soft' }, `expected ${check.expected}`)))))),
    data.inputs.length > 0 && card('Inputs', h('ul', { class: 'plain' }, data.inputs.map((input) => h('li', {}, input.name, input.bytes ? h('small', { class: 'soft' }, ` ${bytes(input.bytes)}`) : null, input.seen && h('small', { class: 'soft' }, ' (loaded before)'))))),
  ].filter(Boolean);
}
