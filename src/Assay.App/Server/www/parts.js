// What several pages show alike.

import { h } from './dom.js';
import { ago, count, when } from './format.js';

const STATES = {
  completed: ['good', 'completed'], processing: ['live', 'running'], running: ['live', 'running'], queued: ['wait', 'queued'],
  failed: ['bad', 'failed'], checks_failed: ['bad', 'checks failed'], cancelled: ['soft', 'cancelled'], interrupted: ['bad', 'interrupted'], unknown: ['soft', 'unknown'],
};

export function badge(state) {
  const [kind, words] = STATES[state] ?? ['soft', state];
  return h('span', { class: `badge ${kind}` }, words);
}

export const time = (text) => text ? h('time', { datetime: text, title: when(text) }, ago(text)) : '–';

export const tile = (name, value, more, kind) => h('div', { class: `tile ${kind ?? ''}` }, h('dt', {}, name), h('dd', {}, value, more && h('small', {}, more)));

export const tiles = (...all) => h('dl', { class: 'tiles' }, all);

export const heading = (title, lead, ...actions) => h('div', { class: 'heading' }, h('div', {}, h('h1', {}, title), lead && h('p', { class: 'lead' }, lead)), actions.length > 0 && h('div', { class: 'row' }, actions));

export const card = (title, ...content) => h('section', { class: 'card' }, title && h('h2', {}, title), content);

export const booksTable = (books) => h('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': 'What became of the rows' },
  h('table', {},
    h('caption', {}, 'What became of the rows'),
    h('thead', {}, h('tr', {}, ['Table', 'Read', 'Accepted', 'Quarantined', 'Deduplicated', 'Filtered'].map((name, i) => h('th', { scope: 'col', class: i > 0 ? 'number' : null }, name)))),
    h('tbody', {}, books.map((book) => h('tr', {}, h('th', { scope: 'row' }, book.table),
      [book.read, book.accepted, book.quarantined, book.deduplicated, book.filtered].map((value) => h('td', { class: 'number' }, count(value))))))));

export const pager = (words, before, after) => h('nav', { class: 'row', 'aria-label': 'Pages of the list' },
  h('button', { type: 'button', class: 'quiet', disabled: !before, onclick: before }, 'Newer'),
  h('span', {}, words),
  h('button', { type: 'button', class: 'quiet', disabled: !after, onclick: after }, 'Older'));
