// Draws results. Every chart stands beside a table of the same figures, which screen readers and keyboards reach.

import * as echarts from './echarts.esm.min.js';
import { h, download } from './dom.js';
import { isNumber } from './format.js';
import { isId, labels, title } from './labels.js';

export { title };

const shown = new Set();

const MOST_GAP = 120;

/** The theme's own colours, read from the style sheet: one place says what they are. */
function colours() {
  const style = getComputedStyle(document.documentElement);
  const one = (name) => style.getPropertyValue(name).trim();
  return {
    ink: one('--ink'), soft: one('--soft'), line: one('--line'), surface: one('--surface'),
    series: ['--c1', '--c2', '--c3', '--c4', '--c5', '--c6', '--c7', '--c8'].map(one),
    low: one('--heat-low'), high: one('--heat-high'), good: one('--good'), bad: one('--bad'), warn: one('--warn'),
    font: getComputedStyle(document.body).fontFamily,
  };
}

const ruler = document.createElement('canvas').getContext('2d');

/** How wide the widest of some texts is drawn, in pixels. */
function widest(texts) {
  ruler.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  return Math.max(0, ...texts.map((text) => ruler.measureText(text).width));
}

export function redrawAll() {
  for (const one of shown) one.redraw();
}

/**
 * A chart that follows its element's size and the page's theme.
 * `option(colours, width)` gives ECharts' option; `label` says in words what is drawn; `height` may depend on the width.
 */
export function chart(option, label, height = 320) {
  const element = h('div', { class: 'chart', role: 'img', 'aria-label': label });
  const one = { element, instance: null };
  const stretch = () => {
    const pixels = `${typeof height === 'function' ? height(element.clientWidth) : height}px`;
    if (element.style.height === pixels) return;
    element.style.height = pixels;
    one.instance?.resize();
  };
  one.redraw = () => {
    if (!element.isConnected) { one.dispose(); return; }
    stretch();
    one.instance ??= echarts.init(element, null, { renderer: 'canvas' });
    one.instance.setOption(base(option(colours(), element.clientWidth)), true);
  };
  one.update = (next, words, tall = height) => {
    option = next;
    height = tall;
    if (words) element.setAttribute('aria-label', words);
    one.redraw();
  };
  one.dispose = () => {
    shown.delete(one);
    watch.disconnect();
    one.instance?.dispose();
    one.instance = null;
  };
  one.png = (name) => {
    const background = colours().surface;
    const encoded = one.instance.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: background });
    const bytes = Uint8Array.from(atob(encoded.slice(encoded.indexOf(',') + 1)), (letter) => letter.charCodeAt(0));
    download(`${name}.png`, new Blob([bytes], { type: 'image/png' }));
  };
  let width = 0;
  const watch = new ResizeObserver(() => {
    if (element.clientWidth === 0 || element.clientWidth === width) return;
    width = element.clientWidth;
    one.instance?.resize();
    one.redraw();
  });
  stretch();
  watch.observe(element);
  shown.add(one);
  return one;
}

function base(option) {
  const c = colours();
  return {
    animation: !matchMedia('(prefers-reduced-motion: reduce), print').matches,
    animationDuration: 350,
    color: c.series,
    textStyle: { fontFamily: c.font, color: c.ink },
    aria: { enabled: false },
    ...option,
    // Drawn on the canvas: tooltips of HTML would need inline styles, which the page's policy forbids.
    tooltip: option.tooltip && {
      renderMode: 'richText', confine: true, backgroundColor: c.surface, borderColor: c.line, textStyle: { color: c.ink, fontSize: 13, fontFamily: c.font }, ...option.tooltip,
    },
  };
}

// The font is named with the labels themselves: the room for them is measured in that one, whatever the chart's own is.
const axis = (c, label = {}) => ({ axisLine: { lineStyle: { color: c.line } }, axisTick: { show: false }, axisLabel: { color: c.soft, fontFamily: c.font, hideOverlap: true, ...label }, splitLine: { lineStyle: { color: c.line } } });

/** The option of a panel: `kind`, the columns of its keys and of its value, and its rows. */
export function panelOption(kind, keys, value, rows, format) {
  if (kind === 'line' && keys.length === 1 && keys[0].type === 'month') rows = withGaps(rows, keys[0].index);
  const labelled = keys.map((key) => ({ ...key, text: (row) => row[key.index] === null ? '(none)' : format.cell(row[key.index], key) }));
  const drawn = {
    rows, names: labels(labelled, rows), all: rows.map((row) => labelled.map((key) => key.text(row)).join(' · ') || 'all'),
    numbers: rows.map((row) => row[value.index] === null ? null : Number(row[value.index])),
    short: (number) => format.number(number, value, true), full: (row) => format.cell(row[value.index], value),
    share: (percent) => format.of({ style: 'percent', maximumFractionDigits: 1 }, percent / 100),
  };
  if (kind === 'pie') return (c) => pie(c, drawn);
  if (kind === 'heat_map' && keys.length === 2) return (c, width) => heatMap(c, width, drawn, labelled);
  if (kind === 'line') return (c, width) => line(c, width, drawn);
  const areNumbers = keys.length === 1 && isNumber(keys[0]);
  return (c, width) => bar(c, width, drawn, areNumbers, isLying(drawn.names, areNumbers, width));
}

/** How high a panel is drawn at a width, in pixels. */
export function panelHeight(kind, keys, rows, format) {
  if (kind === 'heat_map') return 110 + 62 * Math.min(12, new Set(rows.map((row) => row[keys[0]?.index])).size);
  if (kind !== 'bar') return 320;
  const names = labels(keys.map((key) => ({ ...key, text: (row) => format.cell(row[key.index], key) })), rows);
  return (width) => isLying(names, keys.length === 1 && isNumber(keys[0]), width) ? Math.min(900, Math.max(320, 46 + 28 * rows.length)) : 320;
}

/** Whether bars lie, as their names have no room beside one another; numbers may be left out between others. */
const isLying = (names, areNumbers, width) => !areNumbers && (widest(names) + 14) * names.length > width - 60;

/** Rows of months with those between them that have none, so that an axis of months is one of time; the line breaks there. */
function withGaps(rows, key) {
  const all = [];
  for (const row of rows) {
    const [from, to] = [all.at(-1)?.[key], row[key]].map((month) => {
      const [, year, number] = /^(\d{4})-(\d{2})$/.exec(month) ?? [];
      return year ? Number(year) * 12 + Number(number) - 1 : NaN;
    });
    // More is a slip of the pen in a date, not years without figures.
    for (let month = from + 1; month < to && to - from <= MOST_GAP; month++) {
      const blank = row.map(() => null);
      blank[key] = `${Math.floor(month / 12)}-${String(month % 12 + 1).padStart(2, '0')}`;
      all.push(blank);
    }
    all.push(row);
  }
  return all;
}

function line(c, width, { rows, names, all, numbers, short, full }) {
  return {
    grid: { left: 12, right: 34, top: 16, bottom: 8, containLabel: true },
    tooltip: { trigger: 'axis', formatter: ([point]) => `${all[point.dataIndex]}\n${full(rows[point.dataIndex])}` },
    xAxis: { type: 'category', data: names, boundaryGap: rows.length === 1, ...axis(c) },
    yAxis: { type: 'value', ...axis(c, { formatter: short }), splitNumber: width < 400 ? 3 : 5 },
    series: [{ type: 'line', data: numbers, showSymbol: rows.length < 40 || numbers.includes(null), symbolSize: 7, lineStyle: { width: 2.5 }, areaStyle: { opacity: 0.12 } }],
  };
}

function bar(c, width, { rows, names, all, numbers, short, full }, areNumbers, isLong) {
  const category = { type: 'category', data: names, ...axis(c, { interval: areNumbers ? 'auto' : 0, hideOverlap: areNumbers, width: isLong ? Math.min(190, width * 0.4) : undefined, overflow: 'truncate' }), inverse: isLong };
  const amount = { type: 'value', ...axis(c, { formatter: short, margin: 12 }), splitNumber: isLong ? width < 420 ? 2 : width < 700 ? 3 : 4 : 4, minInterval: numbers.every(Number.isInteger) ? 1 : 0 };
  return {
    grid: { left: 12, right: 24, top: 12, bottom: 8, containLabel: true },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: ([point]) => `${all[point.dataIndex]}\n${full(rows[point.dataIndex])}` },
    xAxis: isLong ? amount : category,
    yAxis: isLong ? category : amount,
    series: [{ type: 'bar', data: numbers, barMaxWidth: isLong ? 22 : 44, itemStyle: { borderRadius: isLong ? [0, 4, 4, 0] : [4, 4, 0, 0] } }],
  };
}

function pie(c, { rows, names, all, numbers, full, share }) {
  return {
    tooltip: { trigger: 'item', formatter: (point) => `${all[point.dataIndex]}\n${full(rows[point.dataIndex])} (${share(point.percent)})` },
    legend: { bottom: 0, type: 'scroll', icon: 'roundRect', itemWidth: 12, itemHeight: 12, textStyle: { color: c.soft } },
    series: [{
      type: 'pie', radius: ['45%', '72%'], center: ['50%', '45%'], itemStyle: { borderColor: c.surface, borderWidth: 2, borderRadius: 4 },
      label: { color: c.ink, formatter: (point) => share(point.percent) }, data: rows.map((row, i) => ({ name: names[i], value: numbers[i] })),
    }],
  };
}

function heatMap(c, width, { rows, numbers, short, full }, [across, along]) {
  const first = [...new Set(rows.map(across.text))];
  const second = [...new Map(rows.map((row) => [row[along.index], along.text(row)]).sort(byKey)).values()];
  const known = numbers.filter((number) => number !== null);
  const [least, most] = known.length > 0 ? [Math.min(...known), Math.max(...known)] : [0, 1];
  const ramp = (number) => mixed(c.low, c.high, most > least ? (number - least) / (most - least) : 1);
  const cells = rows.map((row, i) => ({
    value: [second.indexOf(along.text(row)), first.indexOf(across.text(row)), numbers[i]], row,
    label: numbers[i] === null ? undefined : { color: clearer(ramp(numbers[i]), c.ink, c.surface) },
  }));
  const names = Math.min(170, width * 0.28);
  return {
    grid: { left: 16, right: 8, top: 12, bottom: 56, containLabel: true },
    tooltip: { trigger: 'item', formatter: (point) => `${across.text(point.data.row)}, ${along.text(point.data.row)}\n${full(point.data.row)}` },
    xAxis: { type: 'category', data: second, ...axis(c), splitArea: { show: false } },
    yAxis: { type: 'category', data: first, ...axis(c, { width: names, overflow: 'truncate' }), inverse: true },
    visualMap: {
      min: least, max: most, calculable: false, orient: 'horizontal', left: 'center', bottom: 0,
      inRange: { color: [c.low, c.high] }, textStyle: { color: c.soft }, formatter: short, text: known.length > 0 ? [short(most), short(least)] : undefined, itemHeight: Math.min(200, width * 0.5),
    },
    series: [{
      type: 'heatmap', data: cells, itemStyle: { borderColor: c.surface, borderWidth: 2, borderRadius: 4 }, emphasis: { itemStyle: { borderColor: c.ink } },
      label: { show: (width - names) / Math.max(1, second.length) > 54, formatter: (point) => short(point.value[2]), fontSize: 12 },
    }],
  };
}

/** Keys in their own order: months and names by their text, numbers by their value. */
const byKey = ([one], [other]) => Number(one) - Number(other) || (String(one) < String(other) ? -1 : 1);

const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

const mixed = (low, high, part) => channels(low).map((one, i) => one + (channels(high)[i] - one) * part);

const luminance = (parts) => parts.map((one) => one / 255).map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4).reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0);

/** Of two colours of text the one that is read better on a ground (WCAG 2.2, 1.4.3). */
function clearer(ground, ...inks) {
  const contrast = (ink) => {
    const both = [luminance(ground), luminance(channels(ink))].sort((a, b) => b - a);
    return (both[0] + 0.05) / (both[1] + 0.05);
  };
  return contrast(inks[0]) >= contrast(inks[1]) ? inks[0] : inks[1];
}

/** What became of the rows that were read: a Sankey from read to where they went, by table. */
export function booksOption(books, count) {
  return (c, width) => {
    const ends = [['accepted', c.good], ['quarantined', c.bad], ['deduplicated', c.series[3]], ['filtered', c.soft]];
    const isNarrow = width < 520;
    const nodes = [];
    const links = [];
    for (const book of books.filter((one) => one.read > 0)) {
      nodes.push({ name: `${book.table}: ${count(book.read)} read`, itemStyle: { color: c.series[0] }, label: { position: 'right' } });
      for (const [end, colour] of ends.filter(([name]) => book[name] > 0)) {
        const name = books.length > 1 ? `${count(book[end])} ${end} (${book.table})` : `${count(book[end])} ${end}`;
        nodes.push({ name, itemStyle: { color: colour }, label: { position: isNarrow ? 'left' : 'right' } });
        links.push({ source: nodes.find((node) => node.name.startsWith(`${book.table}: `)).name, target: name, value: book[end] });
      }
    }
    return {
      tooltip: { trigger: 'item', formatter: (point) => point.name.replace(' > ', ' → ') },
      series: [{
        type: 'sankey', data: nodes, links, left: 8, top: 12, bottom: 12, right: isNarrow ? 8 : 220, nodeGap: 18, nodeWidth: 14, draggable: false,
        label: { color: c.ink, fontSize: isNarrow ? 11 : 13 }, lineStyle: { color: 'gradient', opacity: 0.35 }, emphasis: { disabled: true },
      }],
    };
  };
}

const LEGEND = { icon: 12, gap: 10, padding: 5, line: 14 };

/** How high the legend of a series is at a width, in pixels: as ECharts sets it, entry after entry while there is room. */
export function legendHeight(points, width) {
  const names = [...new Set(points.map((point) => point.of))].sort();
  if (names.length < 2) return 0;
  let lines = 1;
  let at = 0;
  for (const wide of names.map((name) => LEGEND.icon + 5 + widest([name]))) {
    if (at > 0 && at + wide > width - 2 * LEGEND.padding) {
      lines++;
      at = 0;
    }
    at += wide + LEGEND.gap;
  }
  return lines * (LEGEND.line + LEGEND.gap);
}

/**
 * Simple series over time or names: `points` are `{ name, value }`, with `short` where an axis has no room for the name,
 * and `of` where several things are told apart by colour. `most` is the end of the scale where there is one.
 */
export const seriesOption = (kind, points, format, c0 = 0, most = undefined) => (c, width) => {
  const all = [...new Set(points.map((point) => point.of))].sort();
  const isLong = kind === 'bar' && points.every((point) => !point.short) && isLying(points.map((point) => point.name), false, width);
  return {
    grid: { left: 12, right: isLong ? 30 : 20, top: 16 + legendHeight(points, width), bottom: 8, containLabel: true },
    legend: all.length > 1 ? { top: 0, left: 0, icon: 'roundRect', itemWidth: LEGEND.icon, itemHeight: LEGEND.icon, itemGap: LEGEND.gap, padding: LEGEND.padding, textStyle: { color: c.soft, fontFamily: c.font, lineHeight: LEGEND.line } } : undefined,
    tooltip: { trigger: 'axis', formatter: ([point]) => `${points[point.dataIndex].name}\n${format(points[point.dataIndex].value)}` },
    [isLong ? 'yAxis' : 'xAxis']: {
      type: 'category', inverse: isLong, data: points.map((point) => point.short ?? point.name),
      ...axis(c, { interval: isLong || points.length * 80 < width - 60 ? 0 : 'auto', width: isLong ? width * 0.35 : undefined, overflow: 'truncate' }),
    },
    [isLong ? 'xAxis' : 'yAxis']: {
      type: 'value', max: most, interval: most && most / 4, minInterval: points.every((point) => Number.isInteger(point.value)) ? 1 : 0,
      ...axis(c, { formatter: (value) => format(value) }), splitNumber: isLong ? 3 : 4,
    },
    series: all.map((of, i) => ({
      type: kind, name: of, data: points.map((point) => point.of === of ? point.value : null), connectNulls: true, barGap: '-100%',
      itemStyle: { color: c.series[(c0 + i) % c.series.length], borderRadius: kind !== 'bar' ? 0 : isLong ? [0, 4, 4, 0] : [4, 4, 0, 0] }, lineStyle: { color: c.series[(c0 + i) % c.series.length], width: 2.5 }, barMaxWidth: 40, symbolSize: 7,
    })),
  };
};

/** What opens the figures of a chart; who hears it without seeing where it stands is told of which. */
export const figuresOf = (title) => h('summary', {}, 'The figures', h('span', { class: 'unseen' }, ` of “${title}”`));

/** The figures of a simple series, for those who do not see it drawn. */
export const seriesFigures = (label, what, points, format) => h('details', {}, figuresOf(label),
  h('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': label }, h('table', {},
    h('caption', { class: 'unseen' }, label),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, what), h('th', { scope: 'col', class: 'number' }, 'Value'))),
    h('tbody', {}, points.map((point) => h('tr', {}, h('th', { scope: 'row' }, point.name), h('td', { class: 'number' }, format(point.value))))))));

/** A table of figures; numbers stand right, with the digits under one another. */
export function figures(columns, rows, format, caption) {
  const isAmount = (column, i) => isNumber(column) && !(i === 0 && isId(column));
  return h('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', { class: columns.length > 8 ? 'many' : columns.length < 5 ? 'few' : null },
      h('caption', { class: 'unseen' }, caption),
      h('thead', {}, h('tr', {}, columns.map((column, i) => h('th', { scope: 'col', class: isAmount(column, i) ? 'number' : null }, title(column.name))))),
      h('tbody', {}, rows.map((row) => h('tr', {}, columns.map((column, i) =>
        h(i === 0 ? 'th' : 'td', { scope: i === 0 ? 'row' : null, class: isAmount(column, i) ? 'number' : column.type === 'timestamp' ? 'moment' : String(row[i] ?? '').length > 60 ? 'long' : null }, cell(row[i], column, format))))))));
}

function cell(value, column, format) {
  return Array.isArray(value) ? h('ul', { class: 'plain' }, value.map((one) => h('li', {}, String(one)))) : format.cell(value, column);
}

/** CSV as spreadsheets expect it; a text that one of them would take for a formula is given as text. */
export function csv(columns, rows) {
  const field = (value) => {
    let text = value === null || value === undefined ? '' : Array.isArray(value) ? value.join('; ') : String(value);
    if (/^[=+@\t\r]/.test(text) || (/^-/.test(text) && !/^-[\d.]+$/.test(text))) text = `'${text}`;
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns.map((column) => field(column.name)), ...rows.map((row) => row.map(field))].map((fields) => fields.join(',')).join('\r\n') + '\r\n';
}

export const saveCsv = (name, columns, rows) => download(`${name}.csv`, new Blob([csv(columns, rows)], { type: 'text/csv' }));
