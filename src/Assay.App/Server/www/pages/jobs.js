import { h, replace, empty, notice } from '../dom.js';
import { get, post } from '../api.js';
import { count } from '../format.js';
import { badge, heading, time } from '../parts.js';

const STATES = [['', 'all'], ['queued', 'queued'], ['processing', 'running'], ['completed', 'completed'], ['failed', 'failed'], ['cancelled', 'cancelled']];
const REFRESH = 3000;

/** What tells one id from the next: it begins with the time. */
const tail = (id) => `…${id.slice(-8)}`;

/** All jobs, the newest first. */
export async function jobs(place, { query, signal, go }) {
  const state = query.get('status') ?? '';
  const pipeline = query.get('pipeline') ?? '';
  const list = h('div');
  const lost = h('div', { role: 'status', 'aria-live': 'polite' });
  let shown = null;
  const choose = h('select', { id: 'state', onchange: (event) => go(`/dashboard/jobs${event.target.value ? `?status=${event.target.value}` : ''}`) },
    STATES.map(([value, words]) => h('option', { value }, words)));
  choose.value = state;
  replace(place, heading('Jobs', 'What was started on this server, the newest first.', h('label', { for: 'state' }, 'State', choose)), lost, list);
  const asked = new URLSearchParams({ limit: '50', ...(state && { status: state }), ...(pipeline && { pipeline }), ...(query.get('cursor') && { cursor: query.get('cursor') }) });
  await show();
  const timer = setInterval(refresh, REFRESH);
  signal.addEventListener('abort', () => clearInterval(timer));

  async function refresh() {
    if (document.visibilityState !== 'visible') return;
    try {
      await show();
      replace(lost);
    } catch (error) {
      if (!signal.aborted) replace(lost, h('p', { class: 'lost' }, error.status === 0 ? 'The server does not answer. This page tries again until it does; the list is as it was last.' : error.message));
    }
  }

  async function show() {
    const answer = await get(`/jobs?${asked}`, signal);
    // What did not change is left alone: whoever tabs through the list keeps the place.
    const next = JSON.stringify([answer.jobs, answer.next_cursor]);
    if (next === shown) return;
    shown = next;
    if (answer.jobs.length === 0) {
      replace(list, state
        ? empty(`There is no ${STATES.find(([value]) => value === state)?.[1] ?? state} job`, h('p', {}, h('a', { href: '/dashboard/jobs' }, 'Show all jobs')))
        : empty('There are no jobs yet', h('p', {}, h('a', { href: '/dashboard/' }, 'Run a pipeline on the overview'), ' to start one.')));
      return;
    }
    replace(list,
      h('div', { class: 'card table', tabindex: '0', role: 'region', 'aria-label': 'Jobs' }, h('table', {},
        h('caption', { class: 'unseen' }, 'Jobs, the newest first'),
        h('thead', {}, h('tr', {}, ['Job', 'Pipeline', 'State', 'Started', 'Rows'].map((name) => h('th', { scope: 'col', class: { Rows: 'number', Pipeline: 'roomy' }[name] }, name)), h('th', { scope: 'col' }, h('span', { class: 'unseen' }, 'Action')))),
        h('tbody', {}, answer.jobs.map((job) => h('tr', {},
          h('th', { scope: 'row' }, h('a', { href: `/dashboard/jobs/${encodeURIComponent(job.job_id)}` }, job.filename ?? job.job_id), h('small', { class: 'soft block' }, h('span', { class: 'cramped' }, `${job.pipeline ?? '–'} · `), h('span', { class: 'whole' }, tail(job.job_id)))),
          h('td', { class: 'roomy' }, job.pipeline ?? '–'),
          h('td', {}, badge(job.status)),
          h('td', {}, time(job.started_at ?? job.created_at)),
          h('td', { class: 'number' }, job.results?.data_quality_stats?.records_processed === undefined ? '–' : count(job.results.data_quality_stats.records_processed)),
          h('td', {}, ['queued', 'processing'].includes(job.status) && h('button', { type: 'button', class: 'quiet small', onclick: () => cancel(job) }, 'Cancel'))))))),
      answer.next_cursor && h('p', {}, h('a', { href: `/dashboard/jobs?${new URLSearchParams({ ...(state && { status: state }), cursor: answer.next_cursor })}` }, 'Older jobs')));
  }

  async function cancel(job) {
    await post(`/jobs/${encodeURIComponent(job.job_id)}/cancel`);
    notice(`${job.filename ?? job.job_id} is being cancelled.`);
    await show();
  }
}
