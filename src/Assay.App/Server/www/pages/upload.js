import { h, replace, notice } from '../dom.js';
import { upload, post } from '../api.js';
import { bytes, count } from '../format.js';

/** Takes a file, or makes up one, and starts a job with it. */
export function uploadForm(pipelines, go) {
  if (pipelines.length === 0) return null;
  const which = h('select', { id: 'upload-pipeline' }, pipelines.map((one) => h('option', { value: one.name }, one.title)));
  const file = h('input', { type: 'file', id: 'upload-file', accept: '.csv,text/csv', required: true });
  const rows = h('input', { type: 'number', id: 'made-rows', min: '100', max: '1000000', value: '10000', step: '100' });
  const said = h('div', { role: 'status', 'aria-live': 'polite' });
  const button = h('button', { type: 'submit' }, 'Upload and run');
  const form = h('form', { class: 'card drop', onsubmit: send },
    h('h2', {}, 'Run a pipeline on a file'),
    h('div', { class: 'fields' },
      pipelines.length > 1 ? h('label', { for: 'upload-pipeline' }, 'Pipeline', which) : null,
      h('label', { for: 'upload-file', class: 'wide' }, 'CSV file (or drop it here)', file),
      button),
    said,
    h('details', {}, h('summary', {}, 'No file at hand? Use made-up rows'),
      h('div', { class: 'fields' }, h('label', { for: 'made-rows' }, 'Rows', rows), h('button', { type: 'button', class: 'quiet', onclick: make }, 'Make them and run'))));

  form.addEventListener('dragover', (event) => { event.preventDefault(); form.classList.add('over'); });
  form.addEventListener('dragleave', () => form.classList.remove('over'));
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    form.classList.remove('over');
    file.files = event.dataTransfer.files;
  });

  async function send(event) {
    event.preventDefault();
    const one = file.files[0];
    if (!one) { replace(said, h('p', { class: 'wrong' }, 'Choose a file first.')); return; }
    const bar = h('progress', { max: '1', value: 0 });
    replace(said, h('label', { class: 'wide' }, `Uploading ${one.name} (${bytes(one.size)})`, bar));
    button.disabled = true;
    try {
      const answer = await upload(`/upload?pipeline=${encodeURIComponent(which.value)}`, one, {}, (part) => { bar.value = part; });
      notice(`${one.name} is uploaded; its job has started.`);
      go(`/dashboard/jobs/${encodeURIComponent(answer.job_id)}`);
    } catch (error) {
      replace(said, h('p', { class: 'wrong', role: 'alert' }, error.message));
    } finally {
      button.disabled = false;
    }
  }

  async function make() {
    try {
      const answer = await post(`/run-pipeline?pipeline=${encodeURIComponent(which.value)}&num_rows=${encodeURIComponent(rows.value)}`);
      notice(`${count(rows.value)} rows are being made; their job has started.`);
      go(`/dashboard/jobs/${encodeURIComponent(answer.job_id)}`);
    } catch (error) {
      replace(said, h('p', { class: 'wrong', role: 'alert' }, error.message));
    }
  }

  return form;
}
