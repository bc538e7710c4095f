import { h, replace, empty } from '../dom.js';
import { get } from '../api.js';
import { chart, seriesOption, title } from '../charts.js';
import { count, share } from '../format.js';
import { card, heading } from '../parts.js';

/** How good the data is: by column, by code, and over time. */
export async function quality(place, { query, signal, go }) {
  const data = await get(`/dashboard/data/quality${query.toString() ? `?${query}` : ''}`, signal);
  const choose = h('select', { id: 'pipeline', onchange: (event) => go(`/dashboard/quality?pipeline=${encodeURIComponent(event.target.value)}`) }, data.pipelines.map((one) => h('option', { value: one.name }, one.title)));
  choose.value = data.pipeline ?? '';
  replace(place, heading('Data quality', 'Of the last run: what was wrong, in which columns, and how it changed.', data.pipelines.length > 1 && h('label', { for: 'pipeline' }, 'Pipeline', choose)));
  if (!data.run_id) {
    place.append(empty('No run has left a quality report yet', 'Run the pipeline, or upload a file on the overview.'));
    return;
  }
  const codes = data.codes.map((one) => ({ name: title(one.code), value: one.rows }));
  place.append(
    h('div', { class: 'cards' },
      card('Rows set aside, by code', codes.length === 0 ? empty('Nothing was set aside') : chart(seriesOption('bar', codes, count, 5), `Rows set aside by code: ${codes.map((one) => `${one.name} ${one.value}`).join(', ')}`, 260).element),
      card('Score over time', data.history.length === 0 ? empty('There is no history yet') : chart(seriesOption('line', data.history.map((one) => ({ name: new Date(one.at).toLocaleString(), value: Number(one.score) })), (value) => `${value}`), `Quality score of the last ${data.history.length} runs`, 260).element)),
    data.tables.map((table) => card(`Table ${table.name}`,
      h('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': `Columns of ${table.name}` }, h('table', {},
        h('caption', {}, `${count(table.read)} rows read, ${count(table.accepted)} accepted, ${count(table.quarantined)} set aside`),
        h('thead', {}, h('tr', {}, ['Column', 'Filled', 'Missing', 'Wrong', 'Codes'].map((name, i) => h('th', { scope: 'col', class: i > 0 && i < 4 ? 'number' : null }, name)))),
        h('tbody', {}, table.columns.map((column) => h('tr', {},
          h('th', { scope: 'row' }, column.name),
          h('td', { class: 'number' }, share(table.read - column.nulls, table.read)),
          h('td', { class: 'number' }, count(column.nulls)),
          h('td', { class: 'number' }, count(column.faults)),
          h('td', {}, Object.entries(column.codes).map(([code, rows]) => h('span', { class: 'chip' }, `${code} ${count(rows)}`)))))))))));
}
