// The orders pipeline with Python and DuckDB: node orders.mjs CUSTOMERS ORDERS OUTPUT_DIR [--parser pandas|iterparse|xslt|split]
//
// Python processes turn the XML into tab-separated records (lxml_records.py) and hand them to DuckDB through pipes, so
// that one parses while the other writes the raw records as Parquet. The cleaning then reads that Parquet. pandas reads
// the customers as well (pandas_records.py), and hands over nothing before it has read all.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { clean } from './clean.mjs';
import { measure } from './kpis.mjs';

const [customers, orders, output, ...options] = process.argv.slice(2);
const parser = options[0] === '--parser' ? options[1] : 'xslt';
if (!output || !['pandas', 'iterparse', 'xslt', 'split'].includes(parser)) {
  console.error('usage: node orders.mjs CUSTOMERS ORDERS OUTPUT_DIR [--parser pandas|iterparse|xslt|split]');
  process.exit(2);
}

const columns = {
  customers: named('customer_id', 'customer_name', 'mobile_number', 'region'),
  orders: named('order_id', 'mobile_number', 'order_date_time', 'sku_id', 'sku_count', 'total_amount'),
};
const text = (value) => `'${value.replaceAll("'", "''")}'`;
const instance = await DuckDBInstance.create(':memory:', { threads: '1', preserve_insertion_order: 'false' });
const connection = await instance.connect();
const timings = {};
const timed = async (name, work) => {
  const started = performance.now();
  const result = await work;
  timings[name] = (performance.now() - started) / 1000;
  return result;
};
const database = {
  text,
  run: (sql) => connection.run(sql),
  rows: async (sql) => (await connection.runAndReadAll(sql)).getRowObjects(),
  timed: (name, sql) => timed(name, connection.run(sql)),
};

for (const folder of ['bronze/customers', 'bronze/orders', 'silver'])
  mkdirSync(join(output, folder), { recursive: true });

if (parser === 'pandas')
  // At once, so that the customers take no time of their own.
  await Promise.all(Object.entries({ customers, orders }).map(([source, file]) => timed(`${source} to bronze`,
    throughPipe(source, file, 'records', 'pandas_records.py', source, file))));
else {
  await timed('customers to bronze', toBronze(connection, 'customers', customers, 'records.parquet', `read_csv(${text(customers)}, header = true,
    delim = ',', quote = '"', escape = '"', nullstr = '', all_varchar = true, auto_detect = false, columns = ${columns.customers})`));
  const way = parser === 'iterparse' ? 'iterparse' : 'xslt';
  await timed('orders to bronze', Promise.all(parts().map(([start, end], number) =>
    throughPipe('orders', orders, `part-${number}`, 'lxml_records.py', way, orders, start, end))));
}
// Up to here with one thread, so that records are numbered in the file's order, and because a second one would at times
// spin while it waits for a pipe, which cost up to 35 s of processor time. Each pipe is read by the thread that asks for it.
await connection.run('SET threads = 2');
await clean(database, output);
await measure(database, output);
const figures = Object.fromEntries((await database.rows(`SELECT * FROM books`)).map(({ name, value }) => [name, Number(value)]));
writeFileSync(join(output, 'summary.json'), JSON.stringify({ ...figures, seconds: timings }, null, 2));

/** The byte ranges that are parsed side by side. */
function parts() {
  const size = statSync(orders).size;
  const middle = parser === 'split' ? endOfOrder(Math.floor(size / 2)) : size;
  return middle < size ? [[0, middle], [middle, size]] : [[0, size]];
}

/** The first byte behind the first order that ends after a place in the file; the file's end when there is none. */
function endOfOrder(from) {
  const tag = Buffer.from('</order>');
  const block = Buffer.alloc(1 << 20);
  const file = openSync(orders);
  const read = readSync(file, block, 0, block.length, from);
  closeSync(file);
  const at = block.subarray(0, read).indexOf(tag);
  return at < 0 ? statSync(orders).size : from + at + tag.length;
}

/** What a Python script writes, as Parquet. */
async function throughPipe(source, file, name, script, ...given) {
  const pipe = join(output, `${source}-${name}.pipe`);
  execFileSync('mkfifo', [pipe]);
  const path = fileURLToPath(new URL(script, import.meta.url));
  const python = spawn('/bin/sh', ['-c', 'exec /usr/bin/python3 "$@" > "$0"', pipe, path, ...given], { stdio: ['ignore', 'ignore', 'inherit'] });
  // A script that fails would leave DuckDB waiting, or content with half of the records.
  const ended = new Promise((resolve) => python.on('exit', (code) => code === 0 ? resolve() : process.exit(3)));
  await toBronze(await instance.connect(), source, file, `${name}.parquet`, `read_csv(${text(pipe)}, header = false,
    delim = '\t', quote = '"', escape = '"', nullstr = '', auto_detect = false, columns = ${columns[source]})`);
  await ended;
  rmSync(pipe);
}

function named(...names) {
  return `{${names.map((name) => `${name}: 'VARCHAR'`).join(', ')}}`;
}

/** Raw records as Parquet; rows are numbered within a part. Version 2 takes 4.1 s rather than 5.0 for 5 million records. */
function toBronze(connection, source, file, name, records) {
  return connection.run(`COPY (SELECT *, ${text(basename(file))} AS _source_file, row_number() OVER () AS _row,
    now() AS _ingested_at, ${text(process.pid.toString())} AS _batch FROM ${records})
    TO ${text(join(output, 'bronze', source, name))} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)`);
}
