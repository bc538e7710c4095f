// Bronze to silver: types, rules, duplicates and the books.
//
// The rules run on the shape of the text first and fall back to the full rule, which a regular expression makes
// several times as slow. Telephone numbers and amounts (in hundredths) are BIGINT while they are computed with.
import { join } from 'node:path';

const r = String.raw;
const formats = `['%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M:%S', '%Y-%m-%d', '%d-%m-%Y %H:%M:%S', '%d/%m/%Y %H:%M:%S', '%Y-%m-%dT%H:%M:%S.%f']`;

const identifier = (column, prefix) => r`CASE WHEN regexp_full_match(${column}, '${prefix}[0-9]+(-[0-9]+)?') THEN ${column}
  WHEN starts_with(upper(trim(${column})), '${prefix}') THEN upper(trim(${column})) END`;
const phone = r`CASE WHEN regexp_full_match(mobile_number, '[6-9][0-9]{9}') THEN CAST(mobile_number AS BIGINT)
  ELSE TRY_CAST(nullif(regexp_extract(regexp_replace(trim(mobile_number), '[\s().‐‑‒–-]', '', 'g'),
    '^(\+910?|91|0)?([6-9][0-9]{9})$', 2), '') AS BIGINT) END`;
// Without a zone a time is the pipeline's, Asia/Kolkata; with one it is brought there.
const orderDate = r`CASE
  WHEN strlen(order_date_time) = 19 AND order_date_time LIKE '____-__-__T__:__:__' THEN TRY_CAST(order_date_time AS TIMESTAMP)
  WHEN regexp_full_match(trim(order_date_time), '\d{4}-\d\d?-\d\d?T[\d:]+([+-]\d\d:\d\d|Z)')
    THEN TRY_CAST(trim(order_date_time) AS TIMESTAMPTZ) AT TIME ZONE 'Asia/Kolkata'
  WHEN order_date_time IS NOT NULL THEN TRY_STRPTIME(trim(order_date_time), ${formats}) END`;
// One currency sign or code off either end, commas only where thousands have them, no more than two decimals.
const amountText = r`regexp_replace(regexp_replace(trim(total_amount), '^([+-]?)\s*(₹|(?i:Rs\.|INR))\s*', '\1'), '\s*(₹|(?i:Rs\.|INR))$', '')`;
const amount = r`CASE WHEN regexp_full_match(total_amount, '[0-9]{1,12}(\.[0-9]{1,2})?') THEN CAST(CAST(total_amount AS DECIMAL(14, 2)) * 100 AS BIGINT)
  WHEN regexp_full_match(${amountText}, '[+-]?([0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,3})(\.[0-9]{0,2}0*)?')
    THEN CAST(TRY_CAST(replace(${amountText}, ',', '') AS DECIMAL(14, 2)) * 100 AS BIGINT) END`;
const skuCount = r`CASE WHEN regexp_full_match(sku_count, '[0-9]{1,9}') THEN CAST(sku_count AS BIGINT)
  ELSE TRY_CAST(nullif(regexp_extract(trim(sku_count), '^\+?([0-9]+)(\.0*)?\s*(?i:units?|pcs?)?$', 1), '') AS BIGINT) END`;
const tidy = (column) => r`regexp_replace(trim(${column}), '\s+', ' ', 'g')`;
const title = (column) => r`CASE WHEN regexp_full_match(${column}, '[A-Z][a-z]+( [A-Z][a-z]+)*') THEN ${column}
  ELSE title_case(${tidy(column)}) END`;

const parquet = (output, name) => `'${join(output, name).replaceAll("'", "''")}'`;
const zstd = 'FORMAT parquet, COMPRESSION zstd';

export async function clean(database, output) {
  const { run, timed } = database;
  // The first letter of each word upper; of what stands behind an apostrophe, only when it is a name's (O'Neill).
  await run(`CREATE MACRO capital(word) AS upper(word[1]) || word[2:]`);
  await run(`CREATE MACRO title_word(word) AS CASE WHEN regexp_full_match(word, '.''.{2,}') AND word[3:] NOT IN ('ll', 've')
    THEN upper(word[:1]) || '''' || capital(word[3:]) ELSE capital(word) END`);
  await run(`CREATE MACRO title_case(text) AS array_to_string(list_transform(string_split(lower(text), ' '), lambda words:
    array_to_string(list_transform(string_split(words, '-'), lambda word: title_word(word)), '-')), ' ')`);

  // A later row of the same number replaces the earlier one.
  await timed('customers', `CREATE TEMP TABLE customers AS
    SELECT mobile, max_by(columns(* EXCLUDE (mobile, _row)), _row) FROM (
      SELECT ${identifier('customer_id', 'CUST-')} AS customer_id, ${title('customer_name')} AS customer_name,
        ${phone} AS mobile, ${title('region')} AS region, _row
      FROM read_parquet(${parquet(output, 'bronze/customers/*.parquet')}))
    WHERE customer_id IS NOT NULL AND length(customer_name) >= 2 AND mobile IS NOT NULL
      AND region IN ('North', 'South', 'East', 'West', 'Central', 'Northeast')
    GROUP BY mobile`);

  // Without a WHERE, which would be pushed below the rules, so that they ran twice.
  await timed('records', `CREATE TEMP TABLE records AS
    SELECT ${identifier('order_id', 'ORD-')} AS order_id, ${phone} AS mobile, ${orderDate} AS ordered_at, ${amount} AS total,
      ${identifier('sku_id', 'SKU-')} AS sku_id, ${skuCount} AS sku_count
    FROM read_parquet(${parquet(output, 'bronze/orders/*.parquet')})`);
  // Equal repeats count once; an order whose lines disagree has two versions here and is set aside.
  await timed('versions', `CREATE TEMP TABLE versions AS
    SELECT order_id, mobile, ordered_at, total, count(*) AS records
    FROM records WHERE order_id IS NOT NULL AND ordered_at IS NOT NULL AND total > 0 GROUP BY ALL`);
  await timed('conflicts', `CREATE TEMP TABLE conflicts AS SELECT order_id FROM versions GROUP BY order_id HAVING count(*) > 1`);
  await timed('orders', `CREATE TEMP TABLE orders AS
    SELECT order_id, mobile, ordered_at, total FROM versions ANTI JOIN conflicts USING (order_id)`);
  await timed('lines', `CREATE TEMP TABLE lines AS
    SELECT order_id, sku_id, sku_count, ordered_at FROM (
      SELECT order_id, sku_id, min(sku_count) AS sku_count, max(sku_count) AS greatest, any_value(ordered_at) AS ordered_at
      FROM records ANTI JOIN conflicts USING (order_id)
      WHERE order_id IS NOT NULL AND ordered_at IS NOT NULL AND total > 0 AND sku_id IS NOT NULL AND sku_count BETWEEN 1 AND 100000 GROUP BY order_id, sku_id)
    WHERE sku_count = greatest`);
  await run(`CREATE TEMP TABLE books AS SELECT 'records' AS name, count(*) AS value FROM read_parquet(${parquet(output, 'bronze/orders/*.parquet')})
    UNION ALL SELECT 'orders', count(*) FROM orders
    UNION ALL SELECT 'orders_conflicting', coalesce(sum(records), 0) FROM versions SEMI JOIN conflicts USING (order_id)
    UNION ALL SELECT 'order_lines', count(*) FROM lines
    UNION ALL SELECT 'customers', count(*) FROM customers`);
  await run('DROP TABLE records');
  await run('DROP TABLE versions');

  await timed('silver customers', `COPY (SELECT customer_id, customer_name, mobile::VARCHAR AS mobile_number, region,
      CASE WHEN region IN ('North', 'Northeast') THEN 'Northern' WHEN region = 'South' THEN 'Southern' WHEN region = 'East' THEN 'Eastern'
        WHEN region = 'West' THEN 'Western' ELSE 'Other' END AS region_group, 100 AS quality_score FROM customers)
    TO ${parquet(output, 'silver/customers.parquet')} (${zstd})`);
  await timed('silver orders', `COPY (SELECT order_id, mobile::VARCHAR AS mobile_number, ordered_at AS order_date_time,
      CAST(total * 0.01::DECIMAL(2, 2) AS DECIMAL(14, 2)) AS total_amount,
      strftime(ordered_at, '%Y-%m') AS order_month, year(ordered_at) || '-Q' || quarter(ordered_at) AS order_quarter,
      dayname(ordered_at) AS order_weekday, hour(ordered_at) AS order_hour,
      CASE WHEN hour(ordered_at) < 6 THEN 'Night' WHEN hour(ordered_at) < 12 THEN 'Morning'
        WHEN hour(ordered_at) < 18 THEN 'Afternoon' ELSE 'Evening' END AS time_of_day,
      CASE WHEN total < 10000 THEN 'Small' WHEN total < 50000 THEN 'Medium' WHEN total < 100000 THEN 'Large' ELSE 'VIP' END AS size_band,
      strftime(ordered_at, '%Y-%m') AS month FROM orders)
    TO ${parquet(output, 'silver/orders')} (${zstd}, PARTITION_BY (month))`);
  await timed('silver lines', `COPY (SELECT order_id, sku_id, sku_count, ordered_at AS order_date_time,
      strftime(ordered_at, '%Y-%m') AS month FROM lines)
    TO ${parquet(output, 'silver/order_lines')} (${zstd}, PARTITION_BY (month))`);
}
