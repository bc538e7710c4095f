import { h, replace, empty, failure } from '../dom.js';
import { get } from '../api.js';
import { Format, isNumber, many } from '../format.js';
import { chart, figures, figuresOf, panelHeight, panelOption, saveCsv, title } from '../charts.js';
import { crumbs, fact, facts, heading, time } from '../parts.js';

/** A pipeline's results as charts, with the filters that its file declares. */
export async function pipeline(place, { parts: [name], query, signal }) {
  const address = (chosen) => `/dashboard/data/pipelines/${encodeURIComponent(name)}${chosen.toString() ? `?${chosen}` : ''}`;
  let data = await get(address(query), signal);
  const format = new Format(data);
  const panels = h('div', { class: 'cards panels' });
  const bar = h('div');
  const said = h('div', { role: 'status' });
  const labels = new Map();
  const everything = h('button', { type: 'button', class: 'quiet', onclick: clear }, 'Show everything');
  let form = null;
  const lead = h('p', { class: 'lead' });
  replace(place, crumbs(['Overview', '/dashboard/']), heading(data.title, data.description), lead, bar, said, panels);
  const drawn = new Map();
  draw();

  function draw() {
    replace(lead, data.source ? provenance(data) : '');
    if (!data.source) {
      replace(panels, empty('Nothing is published yet', ['Run it on ', h('a', { href: '/dashboard/' }, 'the overview'), ', or on the command line: ', h('code', {}, `assay run ${name}`)]));
      return;
    }
    // Built once: whoever types a date or ticks one region after another keeps the focus.
    if (!form) replace(bar, form = filterBar());
    tell();
    if (data.panels.length === 0) {
      replace(panels, empty('These figures cannot be narrowed', ['Their clean rows are not kept. ', h('a', { href: `/dashboard/pipelines/${encodeURIComponent(name)}` }, 'Show everything')]));
      return;
    }
    for (const panel of data.panels) {
      if (drawn.has(panel.name)) drawn.get(panel.name)(panel);
      else {
        const [element, update] = panelCard(panel, format, () => !everything.hidden);
        drawn.set(panel.name, update);
        panels.append(element);
      }
    }
  }

  function filterBar() {
    if (data.filters.length === 0) return h('div');
    if (!data.can_filter) {
      return h('p', { class: 'soft' }, data.newer
        ? 'Filters, and charts that divide figures further, are computed from the clean rows. These hold more by now, so they are with the later figures.'
        : 'These results were published without the clean rows, so they cannot be narrowed here.');
    }
    return h('form', { class: 'filters', 'aria-label': 'Filters', onsubmit: (event) => event.preventDefault(), onchange: apply },
      data.filters.map((filter) => filter.kind === 'period' ? period(filter) : values(filter)), everything);
  }

  function tell() {
    for (const [name, label] of labels) {
      const chosen = query.getAll(name);
      label.textContent = chosen.length === 0 ? 'all' : chosen.length === 1 ? chosen[0] || '(none)' : `${chosen.length} chosen`;
      label.setAttribute('aria-label', `${title(name)}: ${label.textContent}`);
    }
    everything.hidden = ![...query.keys()].some((key) => key !== 'job');
  }

  function period(filter) {
    const [first = '', last = ''] = (query.get(filter.name) ?? '').split('..');
    const day = (which, value) => h('input', { type: 'date', name: `${filter.name}.${which}`, value, min: filter.first, max: filter.last, 'aria-label': `${title(filter.name)}: ${which} day` });
    return h('fieldset', {}, h('legend', {}, title(filter.name), filter.first && h('small', {}, ` (${format.date(filter.first)} – ${format.date(filter.last)})`)),
      h('div', { class: 'row' }, day('first', first), h('span', { 'aria-hidden': 'true' }, '–'), day('last', last)));
  }

  function values(filter) {
    const chosen = query.getAll(filter.name);
    const label = h('summary');
    labels.set(filter.name, label);
    return h('fieldset', {}, h('legend', {}, title(filter.name)),
      h('details', { class: 'choose', onkeydown: close, onfocusout: leave },
        label,
        h('div', { class: 'choices' }, filter.values.map((value) => h('label', {}, h('input', { type: 'checkbox', name: filter.name, value, checked: chosen.includes(value) }), value || '(none)')))));
  }

  function close(event) {
    if (event.key !== 'Escape') return;
    event.currentTarget.open = false;
    event.currentTarget.querySelector('summary').focus();
  }

  function leave(event) {
    if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false;
  }

  async function apply(event) {
    const form = event.currentTarget;
    const next = new URLSearchParams();
    if (query.get('job')) next.set('job', query.get('job'));
    for (const filter of data.filters) {
      if (filter.kind === 'period') {
        const [first, last] = ['first', 'last'].map((which) => form.elements[`${filter.name}.${which}`].value);
        // A year that is still being typed: 2, 20, 202.
        if ([first, last].some((day) => day && day < '1000')) return;
        if (first || last) next.set(filter.name, `${first}..${last}`);
      } else {
        for (const input of form.querySelectorAll(`input[name="${CSS.escape(filter.name)}"]:checked`)) next.append(filter.name, input.value);
      }
    }
    await narrow(next);
  }

  function clear() {
    for (const input of form.querySelectorAll('input')) {
      if (input.type === 'checkbox') input.checked = false;
      else input.value = '';
    }
    form.querySelector('summary, input')?.focus();
    return narrow(new URLSearchParams(query.get('job') ? { job: query.get('job') } : {}));
  }

  async function narrow(next) {
    query = next;
    history.replaceState(null, '', next.toString() ? `?${next}` : location.pathname);
    tell();
    panels.setAttribute('aria-busy', 'true');
    try {
      const answer = await get(address(next), signal);
      if (query !== next) return;
      data = { ...answer };
      replace(said, h('p', { class: 'unseen' }, everything.hidden ? 'The charts show everything.' : 'The charts show what was chosen.'));
      draw();
    } catch (error) {
      if (!signal.aborted) replace(said, failure(error, () => narrow(next)));
    } finally {
      if (query === next) panels.removeAttribute('aria-busy');
    }
  }
}

/** Where the figures come from, and whether later ones are there. */
function provenance({ name, source, newer }) {
  const pipeline = `/dashboard/pipelines/${encodeURIComponent(name)}`;
  const job = source.job && h('a', { href: `/dashboard/jobs/${encodeURIComponent(source.job)}` }, source.file ?? 'a job');
  return [
    'Published ', time(source.published_at), job && [' by ', job],
    source.run_id && [' · ', h('a', { href: `/dashboard/runs/${encodeURIComponent(source.run_id)}` }, 'the run behind these figures')],
    newer && h('span', { class: 'note' },
      newer.is_repair ? 'Repaired rows were loaded since, by ' : 'More was loaded since, by ', h('a', { href: `/dashboard/jobs/${encodeURIComponent(newer.job)}` }, newer.file ?? 'a job'),
      '. These are the figures as they were before: ', h('a', { href: `${pipeline}?job=${encodeURIComponent(newer.job)}` }, newer.is_repair ? 'see them with the repaired rows' : 'see the later ones'), '.'),
  ];
}

function panelCard(panel, format, isNarrowed) {
  const id = `panel-${panel.name}`;
  const body = h('div');
  const measure = h('select', { 'aria-label': `Measure of ${panel.title}`, onchange: redraw });
  const tools = h('div', { class: 'row tools' });
  const element = h('section', { class: `card panel panel-${panel.chart.replace('_', '-')}`, 'aria-labelledby': id, id: panel.name }, h('div', { class: 'heading' }, h('h2', { id }, panel.title), tools), body);
  let drawing = null;
  fill(panel);
  return [element, fill];

  function measures() {
    return panel.columns.map((column, index) => ({ ...column, index })).filter((column) => isNumber(column) && !panel.keys.includes(column.name));
  }

  function fill(next) {
    const kept = measure.value;
    panel = next;
    const all = measures();
    replace(measure, all.map((column) => h('option', { value: column.name }, title(column.name))));
    measure.value = all.some((column) => column.name === kept) ? kept : panel.value ?? all[0]?.name ?? '';
    const isTable = panel.chart === 'table' || all.length === 0;
    // One row of figures that stand for everything: said as they are, as a table of one line says no more.
    const isOne = isTable && panel.keys.length === 0 && panel.rows.length === 1 && panel.columns.every(isNumber);
    replace(tools,
      !isTable && all.length > 1 && measure,
      !isTable && h('button', { type: 'button', class: 'quiet small', 'aria-label': `PNG of “${panel.title}”`, onclick: () => drawing?.png(panel.name) }, 'PNG'),
      h('button', { type: 'button', class: 'quiet small', 'aria-label': `CSV of “${panel.title}”`, onclick: () => saveCsv(panel.name, panel.columns, panel.rows) }, 'CSV'));
    if (panel.rows.length === 0) {
      drawing?.dispose();
      drawing = null;
      replace(body, isNarrowed() ? empty('No rows pass', 'Nothing is left with these filters.') : empty('Nothing to show', 'The run found no such rows.'));
      return;
    }
    if (isOne) {
      replace(body, facts(totals(), panel.columns.map((column, i) => fact(title(column.name), format.figure(panel.rows[0][i], column)))));
      return;
    }
    const table = figures(panel.columns, panel.rows, format, panel.title);
    if (isTable) {
      replace(body, total(), table);
      return;
    }
    if (!drawing) drawing = chart(option(), label(), height());
    else drawing.update(option(), label(), height());
    const open = body.querySelector('details')?.open ?? false;
    replace(body, total(), drawing.element, h('details', { open }, figuresOf(panel.title), table));
  }

  function redraw() {
    drawing?.update(option(), label());
  }

  function keys() {
    return panel.columns.map((column, index) => ({ ...column, index })).filter((column) => panel.keys.includes(column.name));
  }

  function height() {
    return panelHeight(panel.chart, keys(), panel.rows, format);
  }

  function totals() {
    const entries = Object.entries(panel.totals ?? {}).filter(([, value]) => value !== null && typeof value.value !== 'object').slice(0, 6);
    return entries.map(([name, one]) => fact(title(name), format.figure(one.value, { name, type: one.type })));
  }

  function total() {
    const all = totals();
    return all.length > 0 && facts(all);
  }

  function option() {
    const value = measures().find((column) => column.name === measure.value);
    return panelOption(panel.chart, keys(), value, panel.rows, format);
  }

  function label() {
    return `${panel.title}: ${title(measure.value)} by ${panel.keys.map(title).join(' and ').toLowerCase() || 'all rows'}, ${many(panel.rows.length, 'value')}. The figures stand below.`;
  }
}
