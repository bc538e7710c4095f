// Builds elements. Texts only ever become text nodes: nothing that comes from data is read as HTML.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else if (name === 'value' || name === 'checked' || name === 'disabled' || name === 'open' || name === 'hidden') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

export function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

export function replace(element, ...children) {
  element.replaceChildren();
  return append(element, children);
}

export function notice(text) {
  const place = document.getElementById('notice');
  place.textContent = text;
  place.classList.add('shown');
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => place.classList.remove('shown'), 5000);
}

export function download(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = h('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export const loading = (what) => h('div', { class: 'loading', role: 'status' }, h('span', { class: 'spinner', 'aria-hidden': 'true' }), what);

export const empty = (title, ...more) => h('div', { class: 'empty' }, h('h2', {}, title), ...more.filter(Boolean).map((one) => one instanceof Node ? one : h('p', {}, one)));

/** A message of the server, in which names stand between backticks. */
export const words = (text) => String(text).split('`').map((part, i) => i % 2 === 1 ? h('code', {}, part) : part);

export function failure(error, again, level = 'h2') {
  if (error.status === 404) return missing(error.title, error.message, level);
  return h('div', { class: 'failure', role: 'alert' },
    h(level, {}, error.title ?? 'This could not be loaded'),
    h('p', {}, words(error.message)),
    again && h('button', { type: 'button', onclick: again }, 'Try again'));
}

/** What stands where an address leads nowhere. */
export const missing = (title, message, level = 'h1') => h('div', { class: 'missing' },
  h('p', { class: 'sign', 'aria-hidden': 'true' }, '404'),
  h(level, {}, title),
  h('p', {}, words(message)),
  h('p', { class: 'row center' }, h('a', { class: 'button', href: '/dashboard/' }, 'To the overview'), h('a', { class: 'button quiet', href: '/dashboard/jobs' }, 'All jobs')));

/** Asks before something that cannot be undone. */
export function confirmed(title, text, action) {
  return new Promise((done) => {
    const dialog = h('dialog', { class: 'ask', 'aria-labelledby': 'ask-title', onclose: () => { dialog.remove(); done(dialog.returnValue === 'ok'); } },
      h('form', { method: 'dialog' },
        h('h2', { id: 'ask-title' }, title), h('p', {}, text),
        h('div', { class: 'row end' }, h('button', { value: 'no', class: 'quiet' }, 'Keep it'), h('button', { value: 'ok', class: 'danger' }, action))));
    document.body.append(dialog);
    dialog.showModal();
  });
}
