import { h, replace, confirmed, download, empty, notice, failure, words } from '../dom.js';
import { call, events, get, post, remove } from '../api.js';
import { count, duration, many, share } from '../format.js';
import { title } from '../labels.js';
import { badge, card, crumbs, fact, facts, heading, time } from '../parts.js';
import { runReport } from './run.js';

const PATIENCE = 2000;

const TYPES = { upload: 'Upload', main_pipeline: 'Run', large_scale_test: 'Large run', replay: 'Repaired rows' };

/** A job: live while it runs, then what it came to. */
export async function job(place, { parts: [id], signal, go }) {
  const path = `/jobs/${encodeURIComponent(id)}`;
  const lost = h('div', { role: 'status', 'aria-live': 'polite' });
  const live = h('div', { class: 'stack' });
  const spoken = h('p', { class: 'unseen', role: 'status' });
  const report = h('div', { class: 'stack' });
  const actions = h('div', { class: 'row' });
  let state = await get(`/status/${encodeURIComponent(id)}`, signal);
  const isActive = () => ['queued', 'processing'].includes(state.status);
  replace(place, crumbs(['Jobs', '/dashboard/jobs']), heading(state.filename ?? state.job_id, null, actions), lost, spoken, live, report);
  await show();
  if (isActive()) follow();

  /** Follows the job to its end; while the server cannot be reached it says so and asks again. */
  async function follow() {
    while (!signal.aborted) {
      try {
        await events(`${path}/events`, (name, data) => { replace(lost); progress(data); }, signal);
        state = await get(`/status/${encodeURIComponent(id)}`, signal);
        replace(lost);
        if (!isActive()) {
          notice(`The job is ${state.status}.`);
          await show();
          return;
        }
      } catch (error) {
        if (signal.aborted) return;
        if (error.status === 404) {
          replace(live, failure(error));
          return;
        }
        replace(lost, h('p', { class: 'lost' }, 'The server does not answer. This page tries again until it does.'));
      }
      await new Promise((done) => setTimeout(done, PATIENCE));
    }
  }

  async function show() {
    replace(actions,
      isActive() && h('button', { type: 'button', class: 'quiet', onclick: () => act(() => post(`${path}/cancel`), 'The job is being cancelled.') }, 'Cancel'),
      ['failed', 'cancelled'].includes(state.status) && h('button', { type: 'button', onclick: () => act(() => post(`${path}/retry`), 'The job starts again.') }, 'Try again'),
      state.status === 'completed' && state.pipeline && h('a', { class: 'button', href: `/dashboard/pipelines/${encodeURIComponent(state.pipeline)}?job=${encodeURIComponent(id)}` }, 'See the charts'),
      !isActive() && h('button', { type: 'button', class: 'quiet', onclick: forget }, 'Delete'));
    replace(report);
    if (isActive()) {
      progress(state);
      return;
    }
    replace(live,
      facts(
        fact('State', badge(state.status)), fact('Job', TYPES[state.type] ?? title(state.type ?? '–')),
        fact('Pipeline', state.pipeline ? h('a', { href: `/dashboard/pipelines/${encodeURIComponent(state.pipeline)}` }, state.pipeline) : '–'),
        fact('Started', time(state.started_at ?? state.created_at)), fact('Ended', time(state.completed_at ?? state.failed_at ?? state.cancelled_at)),
        state.attempt > 1 && fact('Attempt', state.attempt)),
      state.error && h('div', { class: 'failure', role: 'alert' }, h('h2', {}, 'Why it failed'), h('p', {}, words(state.error)), h('p', { class: 'soft' }, 'Nothing of it was published.')));
    const run = await get(`/dashboard/data/jobs/${encodeURIComponent(id)}/run`, signal).catch((error) => error);
    if (signal.aborted) return;
    const isKnown = !(run instanceof Error);
    replace(report,
      ...(isKnown ? runReport({ ...run, error: null }, { isOfJob: true, downloads: state.status === 'completed' && downloads() }) : [state.status === 'completed' && downloads()]),
      !isKnown && state.status === 'completed' && empty('Nothing more is kept of its run', 'Its files can still be downloaded.'));
  }

  function progress(data) {
    const now = data.progress ?? {};
    const done = now.total_bytes > 0 ? now.bytes / now.total_bytes : null;
    const bar = h('progress', { max: '1', 'aria-label': 'Progress' });
    if (done !== null) bar.value = Math.min(1, done);
    const status = data.status ?? state.status;
    const stage = now.stage ?? (status === 'queued' ? data.jobs_before > 0 ? `waiting for ${many(data.jobs_before, 'other job')}` : 'waiting for its turn' : 'starting');
    if (spoken.textContent !== stage) spoken.textContent = stage;
    replace(live, card(null,
      h('div', { class: 'row between' }, badge(status), h('span', { class: 'soft', id: 'stage' }, stage)),
      bar,
      facts(
        fact('Rows', count(now.rows ?? 0)), fact('Quarantined', count(now.rejects ?? 0)), fact('Rows a second', now.rows_per_second ? count(Math.round(now.rows_per_second)) : '–'),
        fact('Of this step', done !== null ? share(Math.floor(Math.min(1, done) * 100), 100) : '–'), fact('Left of it', now.remaining_seconds !== undefined ? duration(now.remaining_seconds) : '–'))));
  }

  function downloads() {
    const files = Object.entries(state.results?.saved_files ?? {});
    return card('Downloads', h('div', { class: 'row wrap' },
      files.map(([type]) => h('button', { type: 'button', class: 'quiet', onclick: () => fetchFile(`/download/${encodeURIComponent(id)}?file_type=${encodeURIComponent(type)}`) }, title(type))),
      h('button', { type: 'button', onclick: () => fetchFile(`/download/${encodeURIComponent(id)}`) }, 'Everything (zip)')));
  }

  async function fetchFile(address) {
    const answer = await call(address, { headers: { Accept: '*/*' } });
    const name = /filename="?([^";]+)"?/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'download';
    download(name, await answer.blob());
  }

  async function act(work, said) {
    const wasActive = isActive();
    await work();
    notice(said);
    state = await get(`/status/${encodeURIComponent(id)}`, signal);
    await show();
    if (!wasActive && isActive()) follow();
  }

  async function forget() {
    if (!await confirmed('Delete this job?', 'Its results and all of its files go with it. This cannot be undone.', 'Delete it')) return;
    await remove(path);
    notice('The job and its files are deleted.');
    go('/dashboard/jobs');
  }
}
