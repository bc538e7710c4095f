import { h, replace, notice, words } from '../dom.js';
import { upload, post } from '../api.js';
import { bytes, count } from '../format.js';

/** Takes a pipeline's files, or makes some up, and starts a job with them. */
export function uploadForm(pipelines, go, signal) {
  const able = pipelines.filter((one) => one.sources);
  if (able.length === 0) return null;
  const which = h('select', { id: 'upload-pipeline', onchange: ask }, able.map((one) => h('option', { value: one.name }, one.title)));
  which.value = (able.find((one) => one.is_default) ?? able[0]).name;
  const inputs = new Map();
  const files = h('div', { class: 'fields wide' });
  const button = h('button', { type: 'submit' });
  const said = h('div', { role: 'status', 'aria-live': 'polite' });
  const more = h('div');
  const form = h('form', { class: 'card drop', onsubmit: send },
    h('h2', {}, 'Run a pipeline'),
    h('div', { class: 'fields' }, able.length > 1 ? h('label', { for: 'upload-pipeline' }, 'Pipeline', which) : null, files, button),
    said, more);
  ask();

  form.addEventListener('dragover', (event) => { event.preventDefault(); form.classList.add('over'); });
  form.addEventListener('dragleave', (event) => { if (!form.contains(event.relatedTarget)) form.classList.remove('over'); });
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    form.classList.remove('over');
    place([...event.dataTransfer.files]);
  });
  // Let go beside the form, a file would take the place of the page.
  for (const kind of ['dragover', 'drop']) {
    addEventListener(kind, (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    }, { signal });
  }
  return form;

  /** Shows what the chosen pipeline needs. */
  function ask() {
    const one = able.find((other) => other.name === which.value);
    const read = one.sources.filter((source) => source.format !== 'rest');
    inputs.clear();
    replace(said);
    replace(files, read.length === 0 ? h('p', { class: 'soft' }, 'It asks its API; no file is needed.') : read.map((source, i) => {
      const input = h('input', { type: 'file', id: i === 0 ? 'upload-file' : `upload-${source.name}`, accept: `.${source.format}`, required: true });
      inputs.set(source.name, input);
      const what = `${source.format.toUpperCase()} file`;
      return h('label', { for: input.id, class: 'wide' }, read.length === 1 ? `${what} (or drop it here)` : `${source.name}: ${what}`, input);
    }));
    button.textContent = read.length === 0 ? 'Run it' : 'Upload and run';
    replace(more, read.length > 0 && one.has_sample && sample(one));
  }

  function sample(one) {
    const rows = one.makes_rows && h('input', { type: 'number', id: 'made-rows', min: '100', max: '1000000', value: '10000', step: '100' });
    const run = () => start(`/run-pipeline?pipeline=${encodeURIComponent(one.name)}${rows ? `&num_rows=${encodeURIComponent(rows.value)}` : ''}`,
      rows ? `${count(rows.value)} rows are being made; their job has started.` : 'Its job has started, on made-up rows.');
    return h('details', {}, h('summary', {}, 'No file at hand? Use made-up rows'),
      h('div', { class: 'fields' }, rows && h('label', { for: 'made-rows' }, 'Rows', rows), h('button', { type: 'button', class: 'quiet', onclick: run }, rows ? 'Make them and run' : 'Run it on its sample')));
  }

  /** Gives each dropped file to a source that takes such files, of several to the one whose name it has; what nobody takes is said. */
  function place(dropped) {
    const free = new Map(inputs);
    const left = [];
    for (const file of dropped) {
      const name = file.name.toLowerCase();
      const fits = [...free].filter(([, input]) => name.endsWith(input.accept));
      const [source, input] = fits.find(([one]) => name.includes(one.toLowerCase())) ?? fits.find(([, one]) => one.files.length === 0) ?? fits[0] ?? [];
      if (!input) {
        left.push(file.name);
        continue;
      }
      free.delete(source);
      const one = new DataTransfer();
      one.items.add(file);
      input.files = one.files;
    }
    const takes = [...new Set([...inputs.values()].map((input) => input.accept))].join(' and ');
    replace(said, left.length > 0 && h('p', { class: 'wrong' }, inputs.size === 0
      ? 'This pipeline asks its API; it takes no file.'
      : `${left.join(', ')} ${left.length === 1 ? 'was' : 'were'} not taken: this pipeline reads ${inputs.size === 1 ? 'one file' : `${inputs.size} files`} that end${inputs.size === 1 ? 's' : ''} in ${takes}.`));
  }

  async function send(event) {
    event.preventDefault();
    const path = `/${inputs.size === 0 ? 'run-pipeline' : 'upload'}?pipeline=${encodeURIComponent(which.value)}`;
    if (inputs.size === 0) {
      await start(path, 'Its job has started.');
      return;
    }
    const chosen = Object.fromEntries([...inputs].map(([name, input]) => [name, input.files[0]]));
    if (Object.values(chosen).some((file) => !file)) { replace(said, h('p', { class: 'wrong' }, 'Choose a file first.')); return; }
    const names = Object.values(chosen).map((file) => `${file.name} (${bytes(file.size)})`).join(', ');
    const bar = h('progress', { max: '1', value: 0, 'aria-label': 'Upload' });
    replace(said, h('p', {}, `Uploading ${names}`), bar);
    await begin(() => upload(path, chosen, (part) => { bar.value = part; }), `${Object.values(chosen)[0].name} is uploaded; its job has started.`);
  }

  function start(path, done) {
    return begin(() => post(path), done);
  }

  async function begin(work, done) {
    button.disabled = true;
    try {
      const answer = await work();
      notice(done);
      go(`/dashboard/jobs/${encodeURIComponent(answer.job_id)}`);
    } catch (error) {
      replace(said, h('p', { class: 'wrong', role: 'alert' }, words(error.message)));
    } finally {
      button.disabled = false;
    }
  }
}
