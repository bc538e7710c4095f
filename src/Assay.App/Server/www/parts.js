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

/** A figure that stands out; with an address, it leads to what is behind it. */
export const tile = (name, value, more, { kind = '', href } = {}) => h('div', { class: `tile ${kind}` }, h('dt', {}, name), h('dd', {}, href ? h('a', { href }, value) : value, more && h('small', {}, more)));

export const tiles = (...all) => h('dl', { class: 'tiles' }, all);

/** Where a page stands: the pages above it, as `[name, address]`. */
export const crumbs = (...above) => h('nav', { class: 'crumbs', 'aria-label': 'Where this page stands' }, h('ol', {}, above.map(([name, href]) => h('li', {}, h('a', { href }, name)))));

export const fact = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));

export const facts = (...all) => h('dl', { class: 'facts' }, all);

export const heading = (title, lead, ...actions) => h('div', { class: 'heading' }, h('div', {}, h('h1', {}, title), lead && h('p', { class: 'lead' }, lead)), actions.some(Boolean) && h('div', { class: 'row' }, actions));

export const card = (title, ...content) => h('section', { class: 'card' }, title && h('h2', {}, title), content);

export const booksTable = (books) => h('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': 'What became of the rows' },
  h('table', {},
    h('caption', { class: 'unseen' }, 'What became of the rows'),
    h('thead', {}, h('tr', {}, ['Table', 'Read', 'Accepted', 'Quarantined', 'Deduplicated', 'Filtered'].map((name, i) => h('th', { scope: 'col', class: i > 0 ? 'number' : null }, name)))),
    h('tbody', {}, books.map((book) => h('tr', {}, h('th', { scope: 'row' }, book.table),
      [book.read, book.accepted, book.quarantined, book.deduplicated, book.filtered].map((value) => h('td', { class: 'number' }, count(value))))))));

export const pager = (words, before, after) => h('nav', { class: 'row pager', 'aria-label': 'Pages of the list' },
  h('button', { type: 'button', class: 'quiet', disabled: !before, onclick: before || null }, 'Previous'),
  h('span', { class: 'soft' }, words),
  h('button', { type: 'button', class: 'quiet', disabled: !after, onclick: after || null }, 'Next'));
