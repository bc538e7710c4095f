// Asks the server. Where it wants a key, the page asks for it once and keeps it for this tab.

import { h, replace } from './dom.js';

const KEY = 'assay-key';

export class ApiError extends Error {
  constructor(status, message, body) {
    super(message);
    this.status = status;
    this.body = body;
    this.title = status === 404 ? 'Nothing is here' : status === 0 ? 'The server does not answer' : 'This could not be loaded';
  }
}

export async function call(path, options = {}) {
  const headers = new Headers(options.headers ?? {});
  headers.set('Accept', headers.get('Accept') ?? 'application/json');
  const key = sessionStorage.getItem(KEY);
  if (key) headers.set('X-API-Key', key);
  let answer;
  try {
    answer = await fetch(path, { ...options, headers });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(0, 'The server does not answer. Is it still running?');
  }
  if (answer.ok) return answer;
  if ((answer.status === 401 || answer.status === 403) && !options.isRetry && await askForKey(answer.status)) {
    return call(path, { ...options, isRetry: true });
  }
  const body = await answer.json().catch(() => null);
  const detail = body?.detail;
  throw new ApiError(answer.status, typeof detail === 'string' ? detail : Array.isArray(detail) ? detail.map((one) => one.msg).join('; ') : body?.title ?? `The server answered ${answer.status}.`, body);
}

export const get = async (path, signal) => (await call(path, { signal })).json();

export const post = async (path, body, headers) => (await call(path, { method: 'POST', body, headers })).json();

export const remove = async (path) => (await call(path, { method: 'DELETE' })).json();

/** Reads server-sent events by fetch, as these can carry a key; ends when the server does. */
export async function events(path, take, signal) {
  const answer = await call(path, { headers: { Accept: 'text/event-stream' }, signal });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    for (let at; (at = text.indexOf('\n\n')) >= 0; text = text.slice(at + 2)) {
      const lines = text.slice(0, at).split('\n');
      const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trim()).join('\n');
      const name = lines.find((line) => line.startsWith('event:'))?.slice(6).trim() ?? 'message';
      if (data) take(name, JSON.parse(data));
    }
  }
}

/** Sends files, by the names of their fields, with progress, which fetch does not tell. */
export function upload(path, files, progress = () => {}) {
  return new Promise((done, failed) => {
    const form = new FormData();
    for (const [name, file] of Object.entries(files)) form.append(name, file);
    const request = new XMLHttpRequest();
    request.open('POST', path);
    const key = sessionStorage.getItem(KEY);
    if (key) request.setRequestHeader('X-API-Key', key);
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => {
      let body = null;
      try { body = JSON.parse(request.responseText); } catch { /* the status says enough */ }
      if (request.status < 300) done(body);
      else failed(new ApiError(request.status, typeof body?.detail === 'string' ? body.detail : body?.detail?.[0]?.msg ?? `The server answered ${request.status}.`, body));
    };
    request.onerror = () => failed(new ApiError(0, 'The server does not answer. Is it still running?'));
    request.send(form);
  });
}

function askForKey(status) {
  return new Promise((done) => {
    const input = h('input', { type: 'password', autocomplete: 'off', required: true, 'aria-label': 'Key' });
    const dialog = h('dialog', { class: 'ask', onclose: () => { dialog.remove(); done(dialog.returnValue === 'ok'); } });
    replace(dialog, h('form', { method: 'dialog', onsubmit: () => { sessionStorage.setItem(KEY, input.value.trim()); dialog.returnValue = 'ok'; } },
      h('h2', {}, status === 401 ? 'This server needs a key' : 'Your key does not allow this'),
      h('p', {}, 'Whoever runs the server makes one with ', h('code', {}, 'assay serve keys add NAME'), '. It is kept for this tab only.'),
      input,
      h('div', { class: 'row end' }, h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close('no') }, 'Not now'), h('button', { value: 'ok' }, 'Use this key'))));
    document.body.append(dialog);
    dialog.showModal();
  });
}
