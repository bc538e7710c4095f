import { h, replace, empty } from '../dom.js';
import { get } from '../api.js';
import { chart, seriesFigures, seriesOption, title } from '../charts.js';
import { spoken } from '../labels.js';
import { count, many, share, shortly, when } from '../format.js';
import { card, heading } from '../parts.js';

/** How good the data is: by column, by code, and over time. */
export async function quality(place, { query, signal, go }) {
  const data = await get(`/dashboard/data/quality${query.toString() ? `?${query}` : ''}`, signal);
  const choose = h('select', { id: 'pipeline', onchange: (event) => go(`/dashboard/quality?pipeline=${encodeURIComponent(event.target.value)}`) }, data.pipelines.map((one) => h('option', { value: one.name }, one.title)));
  choose.value = data.pipeline ?? '';
  replace(place, heading('Data quality', 'Of the last run: what was wrong, in which columns, and how it changed.', data.pipelines.length > 1 && h('label', { for: 'pipeline' }, 'Pipeline', choose)));
  if (!data.report) {
    place.append(empty('No run has left a quality report yet', h('p', {}, h('a', { href: '/dashboard/' }, 'Run the pipeline on the overview'), ' to get one.')));
    return;
  }
  const tables = Object.entries(data.report.tables).map(([name, table]) => ({ name, ...table }));
  const found = new Map();
  for (const table of tables) {
    for (const fault of [...table.record_faults, ...table.columns.flatMap((column) => column.rejected)]) found.set(fault.code, (found.get(fault.code) ?? 0) + fault.rows);
  }
  const codes = [...found].map(([code, rows]) => ({ name: title(code), value: rows })).sort((a, b) => b.value - a.value);
  const scores = data.history.map((one) => ({ name: when(one.at), short: shortly(one.at, data.history.map((other) => other.at)), value: one.score }));
  place.append(
    h('div', { class: 'cards' },
      card('Rows set aside, by code', codes.length === 0 ? empty('Nothing was set aside') : drawn('bar', codes, count, 5, 'Rows set aside, by code', 'Code')),
      card('Score over time', scores.length === 0 ? empty('There is no history yet') : drawn('line', scores, (value) => `${value}`, 0, 'Quality score of the last runs, out of 100', 'Run', 100))),
    ...tables.map((table) => card(`Table ${table.name}`, h('p', { class: 'soft' }, `${many(table.rows.read, 'row')} read, ${count(table.rows.accepted)} accepted, ${count(table.rows.quarantined)} set aside, ${count(table.rows.deduplicated)} repeated, ${count(table.rows.filtered)} filtered out`),
      h('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': `Columns of ${table.name}` }, h('table', {}, h('caption', { class: 'unseen' }, `Columns of ${table.name}`),
      h('thead', {}, h('tr', {}, ['Column', 'Type', 'Filled', 'Missing', 'Wrong', 'What was wrong'].map((name, i) => h('th', { scope: 'col', class: i === 1 ? 'roomy' : i > 1 && i < 5 ? 'number' : null }, name)))),
      h('tbody', {}, table.columns.map((column) => h('tr', {},
        h('th', { scope: 'row' }, column.name), h('td', { class: 'soft roomy' }, column.type),
        h('td', { class: 'number' }, share(table.rows.read - column.nulls, table.rows.read)), h('td', { class: 'number' }, count(column.nulls)),
        h('td', { class: 'number' }, count(column.rejected.reduce((sum, fault) => sum + fault.rows, 0))),
        h('td', {}, column.rejected.map((fault) => h('span', { class: 'chip', title: `expected ${fault.expected}` }, `${spoken(fault.code)} ${count(fault.rows)}`)))))))))));
}

const drawn = (kind, points, format, colour, label, what, most) => [chart(seriesOption(kind, points, format, colour, most), `${label}. The figures stand below.`, 260).element, seriesFigures(label, what, points, format)];
