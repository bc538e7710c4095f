import { h, replace, empty, words } from '../dom.js';
import { get } from '../api.js';
import { chart, legendHeight, seriesFigures, seriesOption } from '../charts.js';
import { count, duration, share, shortly, when } from '../format.js';
import { badge, card, fact, facts, heading, tile, tiles, time } from '../parts.js';
import { uploadForm } from './upload.js';

const REFRESH = 5000;

/** Pipelines, what ran last, how good and how fresh the data is. */
export async function overview(place, { signal, go }) {
  let data = await get('/dashboard/data/overview', signal);
  const state = h('div', { class: 'stack' });
  const trends = h('div', { class: 'cards' });
  draw();
  replace(place, heading('Overview', 'What the pipelines on this server did, and how good their data is.'), state, uploadForm(data.pipelines, go, signal), trends);
  const timer = setInterval(refresh, REFRESH);
  signal.addEventListener('abort', () => clearInterval(timer));

  // What did not change is left alone: whoever reads or tabs through it is not thrown out.
  async function refresh() {
    if (document.visibilityState !== 'visible') return;
    const next = await get('/dashboard/data/overview', signal).catch(() => null);
    if (!next || JSON.stringify(next) === JSON.stringify(data)) return;
    data = next;
    draw();
  }

  function draw() {
    replace(state,
      tiles(
        tile('Pipelines', count(data.pipelines.length)),
        tile('Jobs running', count(data.jobs.processing), data.jobs.queued > 0 ? `${count(data.jobs.queued)} waiting` : null, { href: '/dashboard/jobs?status=processing' }),
        tile('Jobs completed', count(data.jobs.completed), null, { href: '/dashboard/jobs?status=completed' }),
        tile('Jobs failed', count(data.jobs.failed), null, { kind: data.jobs.failed > 0 ? 'bad' : '', href: '/dashboard/jobs?status=failed' })),
      data.pipelines.length === 0
        ? empty('There is no pipeline yet', words('Write one as `pipelines/NAME/pipeline.yaml` beside the server, then load this page again.'))
        : h('div', { class: 'cards pipelines' }, data.pipelines.map(pipelineCard)));
    const titles = new Map(data.pipelines.map((one) => [one.name, one.title]));
    replace(trends,
      card('Quality of the last runs', data.quality.length === 0 ? empty('No run has been scored yet') : trend(data.quality, titles, (value) => `${value}`, 'line', 'Quality score of each run, out of 100', 100)),
      card('Rows a second', data.throughput.length === 0 ? empty('No run has been measured yet') : trend(data.throughput, titles, (value) => count(value), 'bar', 'Rows a second of each run')));
  }
}

function pipelineCard(one) {
  const last = one.last_run;
  return h('article', { class: 'card pipeline' },
    h('h2', {}, h('a', { href: `/dashboard/pipelines/${encodeURIComponent(one.name)}` }, one.title)),
    one.description && h('p', { class: 'soft' }, one.description),
    last
      ? facts(
        fact('Last run', [badge(last.status), ' ', time(last.started)]),
        ...last.status === 'running' ? [] : [
          fact('Rows', [count(last.read), last.quarantined > 0 && h('small', {}, ` ${share(last.quarantined, last.read)} quarantined`)]),
          fact('Took', duration(last.seconds)),
          fact('Quality', last.score === undefined ? '–' : [last.score, h('small', {}, ' / 100')]),
        ],
        last.status !== 'completed' && one.published_at && fact('Published', time(one.published_at)))
      : h('p', { class: 'soft' }, 'It has not run yet.'),
    one.problem && h('p', { class: 'wrong', role: 'alert' }, words(one.problem)));
}

function trend(points, titles, format, kind, label, most) {
  const moments = points.map((point) => point.at);
  const named = points.map((point) => {
    const of = titles.get(point.pipeline) ?? point.pipeline;
    return { of, name: `${of}, ${when(point.at)}`, short: shortly(point.at, moments), value: Number(point.value) };
  });
  return [chart(seriesOption(kind, named, format, 0, most), `${label}. The figures stand below.`, (width) => 220 + legendHeight(named, width)).element, seriesFigures(label, 'Run', named, format)];
}
