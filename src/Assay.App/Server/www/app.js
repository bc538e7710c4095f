// Shows the page that the address names, and moves between them without loading anew.

import { ApiError } from './api.js';
import { h, replace, failure, loading, missing, notice } from './dom.js';
import { redrawAll } from './charts.js';
import { ago } from './format.js';
import { overview } from './pages/overview.js';
import { pipeline } from './pages/pipeline.js';
import { jobs } from './pages/jobs.js';
import { job } from './pages/job.js';
import { run } from './pages/run.js';
import { quality } from './pages/quality.js';
import { quarantine } from './pages/quarantine.js';

const TICK = 20_000;

const main = document.getElementById('main');

const routes = [
  [/^\/dashboard\/?$/, overview],
  [/^\/dashboard\/pipelines\/([^/]+)$/, pipeline],
  [/^\/dashboard\/jobs$/, jobs],
  [/^\/dashboard\/jobs\/([^/]+)$/, job],
  [/^\/dashboard\/runs\/([^/]+)$/, run],
  [/^\/dashboard\/quality$/, quality],
  [/^\/dashboard\/quarantine(?:\/([^/]+))?$/, quarantine],
];

let leaving = new AbortController();

async function show(isMove) {
  leaving.abort();
  leaving = new AbortController();
  const signal = leaving.signal;
  const [pattern, page] = routes.find(([one]) => one.test(location.pathname)) ?? [];
  for (const link of document.querySelectorAll('#nav a')) {
    const isHere = link.pathname === '/dashboard/' ? /^\/dashboard\/(pipelines\/.*)?$/.test(location.pathname)
      : link.pathname === '/dashboard/jobs' ? /^\/dashboard\/(jobs|runs)/.test(location.pathname) : location.pathname.startsWith(link.pathname);
    if (isHere) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (!page) {
    replace(main, missing('There is no such page', 'The address may have been typed wrong, or what it showed is gone.'));
    document.title = 'There is no such page · Assay';
    return;
  }
  const place = h('div', { class: 'page' }, loading('Loading …'));
  replace(main, place);
  const [, ...parts] = location.pathname.match(pattern);
  try {
    await page(place, { parts: parts.filter((part) => part !== undefined).map(decodeURIComponent), query: new URLSearchParams(location.search), signal, go });
  } catch (error) {
    if (signal.aborted) return;
    replace(place, failure(error, () => show(false), 'h1'));
  }
  if (signal.aborted) return;
  document.title = `${place.querySelector('h1')?.textContent ?? 'Assay'} · Assay`;
  if (isMove) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

function go(address) {
  history.pushState(null, '', address);
  show(true);
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.hasAttribute('download') || link.target) return;
  if (link.origin !== location.origin || !/^\/dashboard(\/|$)/.test(link.pathname) || link.hash) return;
  event.preventDefault();
  go(link.href);
});
addEventListener('popstate', () => show(true));

document.getElementById('theme').addEventListener('click', () => {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = isDark ? 'light' : 'dark';
  localStorage.setItem('assay-theme', root.dataset.theme);
  redrawAll();
});
// On paper all is light, whatever the screen is.
for (const one of ['(prefers-color-scheme: dark)', 'print']) matchMedia(one).addEventListener('change', redrawAll);

// What was "just now" does not stay so while a page is left open.
setInterval(() => {
  for (const one of main.querySelectorAll('time[datetime]')) {
    const words = ago(one.dateTime);
    if (one.textContent !== words) one.textContent = words;
  }
}, TICK);

// What a press of a button asked for, and did not come: said where the reader is.
addEventListener('unhandledrejection', (event) => {
  if (event.reason?.name === 'AbortError') event.preventDefault();
  if (!(event.reason instanceof ApiError)) return;
  event.preventDefault();
  notice(event.reason.message);
});

show(false);
