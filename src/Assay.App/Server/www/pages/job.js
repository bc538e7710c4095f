import { h, replace, notice, failure } from '../dom.js';
import { call, events, get, post, remove } from '../api.js';
import { download } from '../dom.js';
import { count, duration } from '../format.js';
import { badge, card, heading, time } from '../parts.js';
import { runReport } from './run.js';

/** A job: live while it runs, then what it came to. */
export async function job(place, { parts: [id], signal, go }) {
  const path = `/jobs/${encodeURIComponent(id)}`;
  const live = h('div');
  const report = h('div', { class: 'stack' });
  const actions = h('div', { class: 'row' });
  let state = await get(`/status/${encodeURIComponent(id)}`, signal);
  replace(place, heading(state.filename ?? state.job_id, null, actions), live, report);
  await show();
  if (['queued', 'processing'].includes(state.status)) follow();

  async function follow() {
    try {
      await events(`${path}/events`, (name, data) => progress(data), signal);
    } catch (error) {
      if (signal.aborted) return;
    }
    if (signal.aborted) return;
    state = await get(`/status/${encodeURIComponent(id)}`, signal);
    if (['queued', 'processing'].includes(state.status)) setTimeout(follow, 1000);
    else {
      notice(`The job is ${state.status}.`);
      await show();
    }
  }

  async function show() {
    const isOver = !['queued', 'processing'].includes(state.status);
    replace(actions,
      !isOver && h('button', { type: 'button', class: 'quiet', onclick: () => act(() => post(`${path}/cancel`), 'The job is being cancelled.') }, 'Cancel'),
      ['failed', 'cancelled'].includes(state.status) && h('button', { type: 'button', onclick: () => act(() => post(`${path}/retry`), 'The job starts again.') }, 'Try again'),
      state.status === 'completed' && state.pipeline && h('a', { class: 'button', href: `/dashboard/pipelines/${encodeURIComponent(state.pipeline)}?job=${encodeURIComponent(id)}` }, 'See the charts'),
      isOver && h('button', { type: 'button', class: 'quiet', onclick: forget }, 'Delete'));
    if (!isOver) {
      progress(state);
      return;
    }
    replace(live, card(null, h('dl', { class: 'facts' },
      fact('State', badge(state.status)), fact('Pipeline', state.pipeline ?? '–'), fact('Started', time(state.started_at ?? state.created_at)), fact('Ended', time(state.completed_at ?? state.failed_at ?? state.cancelled_at)),
      state.attempt > 1 && fact('Attempt', state.attempt)),
      state.error && h('p', { class: 'wrong', role: 'alert' }, state.error)));
    if (state.status !== 'completed') return;
    replace(report, downloads());
    try {
      const run = await get(`/dashboard/data/jobs/${encodeURIComponent(id)}/run`, signal);
      report.append(...runReport(run));
    } catch (error) {
      if (!signal.aborted) report.append(failure(error));
    }
  }

  function progress(data) {
    const now = data.progress ?? {};
    const done = now.total_bytes > 0 ? now.bytes / now.total_bytes : null;
    const bar = h('progress', { max: '1', 'aria-label': 'Progress' });
    if (done !== null) bar.value = Math.min(1, done);
    const status = data.status ?? state.status;
    const stage = now.stage ?? (status === 'queued' ? data.jobs_before > 0 ? `waiting for ${count(data.jobs_before)} other jobs` : 'waiting for its turn' : 'starting');
    replace(live, card(null,
      h('div', { class: 'row between' }, badge(status), h('span', { class: 'soft', id: 'stage' }, stage)),
      bar,
      h('dl', { class: 'facts' },
        fact('Rows', count(now.rows ?? 0)), fact('Rejected', count(now.rejects ?? 0)), fact('Rows a second', now.rows_per_second ? count(Math.round(now.rows_per_second)) : '–'),
        fact('Done', done !== null ? `${Math.floor(Math.min(1, done) * 100)} %` : '–'), fact('Left', now.remaining_seconds !== undefined ? duration(now.remaining_seconds) : '–'))));
  }

  function downloads() {
    const files = Object.entries(state.results?.saved_files ?? {});
    return card('Downloads', h('div', { class: 'row wrap' },
      files.map(([type]) => h('button', { type: 'button', class: 'quiet', onclick: () => fetchFile(`/download/${encodeURIComponent(id)}?file_type=${encodeURIComponent(type)}`) }, type.replaceAll('_', ' '))),
      h('button', { type: 'button', onclick: () => fetchFile(`/download/${encodeURIComponent(id)}`) }, 'Everything (zip)')));
  }

  async function fetchFile(address) {
    const answer = await call(address, { headers: { Accept: '*/*' } });
    const name = /filename="?([^";]+)"?/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'download';
    download(name, await answer.blob());
  }

  async function act(work, words) {
    try {
      await work();
      notice(words);
      state = await get(`/status/${encodeURIComponent(id)}`, signal);
      await show();
      if (['queued', 'processing'].includes(state.status)) follow();
    } catch (error) {
      notice(error.message);
    }
  }

  async function forget() {
    if (!confirm('Delete this job and all of its files?')) return;
    await remove(path);
    notice('The job and its files are deleted.');
    go('/dashboard/jobs');
  }
}

const fact = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));
