import { h, replace, empty } from '../dom.js';
import { get } from '../api.js';
import { chart, seriesFigures, seriesOption } from '../charts.js';
import { count, duration, share, shortly, when } from '../format.js';
import { badge, card, heading, tile, tiles, time } from '../parts.js';
import { uploadForm } from './upload.js';

/** Pipelines, what ran last, how good and how fresh the data is. */
export async function overview(place, { signal, go }) {
  const data = await get('/dashboard/data/overview', signal);
  replace(place,
    heading('Overview', 'What the pipelines on this server did, and how good their data is.'),
    tiles(
      tile('Pipelines', count(data.pipelines.length)),
      tile('Jobs running', count(data.jobs.processing), data.jobs.queued > 0 ? `${count(data.jobs.queued)} waiting` : null),
      tile('Jobs completed', count(data.jobs.completed)),
      tile('Jobs failed', count(data.jobs.failed), null, data.jobs.failed > 0 ? 'bad' : null)),
    data.pipelines.length === 0
      ? empty('There is no pipeline yet', 'Write one as pipelines/NAME/pipeline.yaml beside the server, then load this page again.')
      : h('div', { class: 'cards' }, data.pipelines.map(pipelineCard)),
    uploadForm(data.pipelines.filter((one) => one.takes_upload), go),
    h('div', { class: 'cards' },
      card('Quality of the last runs', data.quality.length === 0 ? empty('No run has been scored yet') : trend(data.quality, (value) => `${value}`, 'line', 'Quality score of each run, out of 100')),
      card('Rows a second', data.throughput.length === 0 ? empty('No run has been measured yet') : trend(data.throughput, (value) => count(value), 'bar', 'Rows a second of each run', 1))));
}

function pipelineCard(one) {
  const last = one.last_run;
  return h('article', { class: 'card pipeline' },
    h('h2', {}, h('a', { href: `/dashboard/pipelines/${encodeURIComponent(one.name)}` }, one.title)),
    one.description && h('p', {}, one.description),
    last
      ? h('dl', { class: 'facts' },
        h('div', {}, h('dt', {}, 'Last run'), h('dd', {}, badge(last.status), ' ', time(last.started))),
        h('div', {}, h('dt', {}, 'Rows'), h('dd', {}, count(last.read), last.quarantined > 0 && h('small', {}, ` ${share(last.quarantined, last.read)} quarantined`))),
        h('div', {}, h('dt', {}, 'Took'), h('dd', {}, duration(last.seconds))),
        h('div', {}, h('dt', {}, 'Quality'), h('dd', {}, last.score ?? '–')),
        h('div', {}, h('dt', {}, 'Published'), h('dd', {}, time(one.published_at))))
      : h('p', { class: 'soft' }, 'It has not run yet.'),
    one.problem && h('p', { class: 'wrong', role: 'alert' }, one.problem));
}

function trend(points, format, kind, label, colour = 0) {
  const named = points.map((point) => ({ name: `${point.pipeline}, ${when(point.at)}`, short: `${point.pipeline}\n${shortly(point.at)}`, value: Number(point.value) }));
  return [chart(seriesOption(kind, named, format, colour), label, 240).element, seriesFigures(label, 'Run', named, format)];
}
