import { h, replace, empty, notice, failure, download } from '../dom.js';
import { call, get, upload } from '../api.js';
import { count, many } from '../format.js';
import { spoken } from '../labels.js';
import { crumbs, heading, pager, time } from '../parts.js';

const SIZE = 50;

/** The rows that were set aside: why, where they stand, and how to repair them. */
export async function quarantine(place, { parts: [runId], query, signal, go }) {
  if (!runId) {
    const { runs } = await get('/dashboard/data/quarantine', signal);
    replace(place, heading('Quarantine', 'Rows that were set aside with the reason. Nothing is lost: repair them, and load them again.'),
      runs.length === 0 ? empty('Nothing is in quarantine', 'Rows that a pipeline cannot take are listed here, by run.') : h('div', { class: 'card table', tabindex: '0', role: 'region', 'aria-label': 'Runs that set rows aside' }, h('table', {},
        h('caption', { class: 'unseen' }, 'Runs that set rows aside'),
        h('thead', {}, h('tr', {}, ['Run', 'Pipeline', 'When', 'Set aside', 'Tables'].map((name) => h('th', { scope: 'col', class: { 'Set aside': 'number', Pipeline: 'roomy' }[name] }, name)))),
        h('tbody', {}, runs.map((run) => h('tr', {},
          h('th', { scope: 'row' }, h('a', { href: address(run.run_id, {}) }, run.run_id)),
          h('td', { class: 'roomy' }, run.pipeline), h('td', {}, time(run.started), h('small', { class: 'soft cramped block' }, run.pipeline)), h('td', { class: 'number' }, count(run.rows), run.replayed > 0 && h('small', { class: 'soft block' }, run.replayed < run.rows ? `${count(run.replayed)} loaded again` : 'all loaded again')),
          h('td', {}, run.tables.map((table) => h('span', { class: 'chip' }, `${table.name} ${count(table.rows)}`)))))))));
    return;
  }

  const chosen = Object.fromEntries(query);
  const offset = Number(query.get('offset') ?? 0);
  const data = await get(`/dashboard/data/quarantine/${encodeURIComponent(runId)}?${new URLSearchParams({ ...chosen, limit: SIZE, offset })}`, signal);
  const select = (name, all, none, words = (one) => one) => {
    const element = h('select', { id: name, onchange: (event) => move({ [name]: event.target.value, offset: '' }) }, h('option', { value: '' }, none), all.map((one) => h('option', { value: one }, words(one))));
    element.value = query.get(name) ?? '';
    return h('label', { for: name }, name.charAt(0).toUpperCase() + name.slice(1), element);
  };
  replace(place,
    crumbs(['Quarantine', '/dashboard/quarantine']),
    heading('Quarantined rows', [data.codes.length === 0 ? `Of “${data.title}”.` : `${many(data.total, 'row')} of “${data.title}” that ${data.total === 1 ? 'was' : 'were'} set aside and not repaired yet. Personal values are masked.`, ' ', h('a', { href: `/dashboard/runs/${encodeURIComponent(runId)}` }, 'See the run')], data.total > 0 && h('button', { type: 'button', class: 'quiet', onclick: save }, chosen.code || chosen.column ? 'Export all of them to repair' : 'Export to repair')),
    data.codes.length > 0 && h('div', { class: 'filters' }, data.tables.length > 1 && select('table', data.tables, 'all tables'), select('code', data.codes, 'all codes', spoken), select('column', data.columns, 'all columns')),
    data.rows.length > 0 ? list() : data.codes.length > 0 ? empty('No row is like that', 'Choose another code or column.') : empty('Nothing waits here', 'Every row of this run was accepted, or was loaded again since. What failed again is with the run that tried.'),
    repair());

  function list() {
    const isOfOne = new Set(data.rows.map((row) => row.file)).size === 1;
    return [h('div', { class: 'card table', tabindex: '0', role: 'region', 'aria-label': 'Quarantined rows' }, h('table', { class: 'dense' },
      isOfOne ? h('caption', {}, `Rows of ${data.rows[0].file}`) : h('caption', { class: 'unseen' }, 'Quarantined rows'),
      h('thead', {}, h('tr', {}, ['Row', 'Column', 'Value', 'Why', 'Expected'].map((name) => h('th', { scope: 'col', class: name === 'Column' ? 'roomy' : null }, name)))),
      h('tbody', {}, data.rows.map((row) => h('tr', {},
        h('th', { scope: 'row' }, count(row.row), row.column && h('small', { class: 'soft cramped block' }, row.column), !isOfOne && h('small', { class: 'soft block' }, row.file)),
        h('td', { class: 'roomy' }, row.column || '–'), h('td', { class: 'record' }, shown(row)),
        h('td', {}, h('span', { class: 'chip' }, spoken(row.code)), row.also && h('small', { class: 'soft block' }, `also ${row.also.split('; ').map(besides).join('; ')}`)),
        h('td', {}, row.expected)))))),
    data.total > SIZE && pager(`${count(offset + 1)} to ${count(Math.min(offset + SIZE, data.total))} of ${count(data.total)}`,
      offset > 0 && (() => move({ offset: Math.max(0, offset - SIZE) || '' })), offset + SIZE < data.total && (() => move({ offset: offset + SIZE })))];
  }

  function repair() {
    if (!data.can_replay || data.codes.length === 0) return null;
    const file = h('input', { type: 'file', id: 'repaired', accept: '.csv,text/csv' });
    const said = h('div', { role: 'status', 'aria-live': 'polite' });
    return h('section', { class: 'card' }, h('h2', {}, 'Load repaired rows'),
      h('p', {}, 'Export the rows, correct them in a spreadsheet, and upload the file here. Rows that pass now go in; the others come back.'),
      h('div', { class: 'fields' }, h('label', { for: 'repaired', class: 'wide' }, 'Repaired CSV', file), h('button', { type: 'button', onclick: load }, 'Load them')), said);

    async function load() {
      if (!file.files[0]) { replace(said, h('p', { class: 'wrong' }, 'Choose the repaired file first.')); return; }
      try {
        const answer = await upload(`/quarantine/${encodeURIComponent(runId)}/replay`, { file: file.files[0] });
        notice('The repaired rows are being loaded.');
        go(`/dashboard/jobs/${encodeURIComponent(answer.job_id)}`);
      } catch (error) {
        replace(said, failure(error));
      }
    }
  }

  async function save() {
    const answer = await call(`/quarantine/${encodeURIComponent(runId)}/export${chosen.table ? `?${new URLSearchParams({ table: chosen.table })}` : ''}`, { headers: { Accept: 'text/csv' } });
    download(`${runId}-quarantine.csv`, await answer.blob());
  }

  function move(changes) {
    go(address(runId, Object.fromEntries(Object.entries({ ...chosen, ...changes }).filter(([, value]) => value !== ''))));
  }
}

/** What else is wrong with a row, as `column:code`. */
const besides = (one) => `${one.slice(0, one.lastIndexOf(':') + 1)} ${spoken(one.slice(one.lastIndexOf(':') + 1))}`;

/** The value that was found wrong; where a whole record is, none stands for it. */
const shown = ({ column, value }) => value?.trim() ? h('code', {}, value) : h('span', { class: 'soft' }, !column ? '–' : value ? '(blank)' : '(empty)');

const address = (run, query) => `/dashboard/quarantine/${encodeURIComponent(run)}${Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : ''}`;
