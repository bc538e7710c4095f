// Silver to gold: the nine tables as CSV and the totals beside them. Sums are of whole hundredths; each figure is rounded once, half to even.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const cents = (value) => `money(${value}, 1)`;
const mean = (value, count) => `CASE WHEN ${count} > 0 THEN money(${value}, ${count}) END`;

export async function measure(database, output) {
  const { run, rows, timed, text } = database;
  await run(`CREATE MACRO half_even(n, unit) AS sign(n) * (abs(n) // unit
    + CASE WHEN 2 * (abs(n) % unit) > unit OR 2 * (abs(n) % unit) = unit AND (abs(n) // unit) % 2 = 1 THEN 1 ELSE 0 END)`);
  await run(`CREATE MACRO money(n, unit) AS (half_even(n::HUGEINT, unit::HUGEINT)::DECIMAL(36, 0) * 0.01)::VARCHAR`);
  await run(`CREATE MACRO millionths(n, unit) AS half_even(n::HUGEINT * 1000000, unit::HUGEINT)`);
  await run(`CREATE MACRO rate(n, unit) AS (millionths(n, unit)::DECIMAL(36, 0) * 0.000001)::VARCHAR`);
  // A quantile in tenths of sorted whole numbers, interpolated linearly at (n - 1) p.
  await run(`CREATE MACRO quantile_of(v, tenths) AS half_even(
    v[(len(v) - 1) * tenths // 10 + 1] * 10 + (v[least((len(v) - 1) * tenths // 10 + 2, len(v))] - v[(len(v) - 1) * tenths // 10 + 1])
    * ((len(v) - 1) * tenths % 10), 10)`);

  const publish = (name, sql) => timed(name, `COPY (${sql}) TO ${text(join(output, `${name}.csv`))} (HEADER, DELIMITER ',')`);
  const totals = {};
  const total = async (name, sql) => {
    const [figures] = await rows(sql);
    totals[name] = Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, value === null ? null : String(value)]));
  };

  const byCustomer = (where) => `SELECT customer_id, customer_name, region, count(*) AS orders, sum(total) AS spent,
    min(ordered_at) AS first_order, max(ordered_at) AS last_order FROM orders JOIN customers USING (mobile) ${where} GROUP BY ALL`;
  await timed('by customer', `CREATE TEMP TABLE by_customer AS ${byCustomer('')}`);
  await run(`CREATE TEMP TABLE recent AS ${byCustomer(`WHERE ordered_at > (SELECT max(ordered_at) - INTERVAL 30 DAY FROM orders)`)}`);
  await timed('cells', `CREATE TEMP TABLE cells AS SELECT year(ordered_at) * 12 + month(ordered_at) - 1 AS month, isodow(ordered_at) AS weekday,
    hour(ordered_at) AS hour, count(*) AS orders, sum(total) AS revenue FROM orders GROUP BY ALL`);

  await publish('repeat_customers', `SELECT customer_id, customer_name, region, orders, ${cents('spent')} AS total_spent,
    ${mean('spent', 'orders')} AS avg_order FROM by_customer WHERE orders > 1 ORDER BY spent DESC, customer_id, customer_name, region`);
  await total('repeat_customers', `SELECT n AS total_customers, k AS total_repeat_customers, CASE WHEN n > 0 THEN rate(k, n) END AS repeat_customer_rate,
    orders AS total_orders_by_repeat_customers, ${cents('spent')} AS revenue_by_repeat_customers,
    CASE WHEN k > 0 THEN rate(orders, k) END AS avg_orders_per_repeat_customer FROM (SELECT count(*) AS n FROM customers),
    (SELECT count(*) AS k, coalesce(sum(orders), 0) AS orders, coalesce(sum(spent), 0) AS spent FROM by_customer WHERE orders > 1)`);

  await run(`CREATE TEMP TABLE months AS SELECT month, coalesce(revenue, 0) AS revenue, coalesce(orders, 0) AS orders, coalesce(customers, 0) AS customers,
    lag(coalesce(revenue, 0)) OVER (ORDER BY month) AS before,
    CASE WHEN before > 0 THEN millionths(coalesce(revenue, 0) - before, before) END AS growth,
    CASE WHEN before > 0 THEN half_even((coalesce(revenue, 0) - before)::HUGEINT * 1000000000000, before::HUGEINT) END AS exact_growth
    FROM (SELECT unnest(range(min(month), max(month) + 1)) AS month FROM cells)
    LEFT JOIN (SELECT month, sum(revenue) AS revenue, sum(orders) AS orders FROM cells GROUP BY month) USING (month)
    LEFT JOIN (SELECT year(ordered_at) * 12 + month(ordered_at) - 1 AS month, count(DISTINCT mobile) AS customers FROM orders GROUP BY 1) USING (month)`);
  await publish('monthly_trends', `SELECT format('{:04d}-{:02d}', month // 12, month % 12 + 1) AS month, ${cents('revenue')} AS revenue,
    orders, customers, ${mean('revenue', 'orders')} AS avg_order, (growth::DECIMAL(36, 0) * 0.000001)::VARCHAR AS growth_rate FROM months ORDER BY months.month`);
  await total('monthly_trends', `SELECT count(*) AS total_months,
    (half_even(sum(exact_growth), count(exact_growth)::HUGEINT * 1000000)::DECIMAL(36, 0) * 0.000001)::VARCHAR AS avg_monthly_growth,
    ${cents('coalesce(sum(revenue), 0)')} AS total_revenue, coalesce(sum(orders), 0) AS total_orders FROM months`);

  await timed('regions', `CREATE TEMP TABLE regions AS SELECT coalesce(region, 'Unknown') AS region, sum(total) AS revenue, count(*) AS orders,
    count(DISTINCT mobile) AS customers FROM orders LEFT JOIN customers USING (mobile) GROUP BY 1`);
  await publish('regional_revenue', `SELECT region, ${cents('revenue')} AS revenue, orders, customers, ${mean('revenue', 'orders')} AS avg_order,
    rate(revenue, sum(revenue) OVER ()) AS revenue_share FROM regions ORDER BY regions.revenue DESC, region`);
  await total('regional_revenue', `SELECT first(region ORDER BY revenue DESC, region) AS top_region, count(*) AS total_regions,
    ${cents('coalesce(sum(revenue), 0)')} AS total_revenue FROM regions`);

  const segmented = async (name, source, levels, columns, limit) => {
    const [least] = await rows(`SELECT ${levels.map(([level, tenths]) => `quantile_of(v, ${tenths}) AS "${level}"`).join(', ')}
      FROM (SELECT list(spent ORDER BY spent) AS v FROM ${source})`);
    const segment = `CASE ${levels.map(([level]) => `WHEN spent >= ${least[level]} THEN ${text(level)}`).join(' ')} END`;
    await publish(name, `SELECT customer_id, customer_name, region, ${cents('spent')} AS total_spent, orders, ${mean('spent', 'orders')} AS avg_order,
      ${columns}, ${segment} AS segment FROM ${source} ORDER BY spent DESC, customer_id, customer_name, region ${limit}`);
    const segments = await rows(`SELECT segment, count(s.spent) AS count, ${cents('least')} AS min_spend
      FROM (VALUES ${levels.map(([level]) => `(${text(level)}, ${least[level]}::HUGEINT)`).join(', ')}) AS l(segment, least)
      LEFT JOIN ${source} AS s ON ${segment} = segment GROUP BY segment, least ORDER BY least DESC, segment`);
    totals[name] = { ...totals[name], customer_segments:
      Object.fromEntries(segments.map(({ segment, count, min_spend }) => [segment, { count: String(count), min_spend }])) };
  };
  await total('top_customers', `SELECT count(*) AS total_customers, ${cents('coalesce(sum(spent), 0)')} AS total_spent FROM recent`);
  await segmented('top_customers', 'recent', [['VIP', 8], ['High Value', 5], ['Regular', 2], ['Occasional', 0]], 'last_order', 'LIMIT 10');
  await segmented('customer_segmentation', 'by_customer', [['VIP', 8], ['Regular', 5], ['Occasional', 2], ['New', 0]],
    `first_order, last_order, (epoch_us(last_order) - epoch_us(first_order)) // 86400000000 AS lifetime_days`, '');

  await publish('seasonal_months', `SELECT month % 12 + 1 AS month_number, monthname(make_date(2000, month % 12 + 1, 1)) AS month,
    sum(orders) AS orders, ${cents('sum(revenue)')} AS revenue FROM cells GROUP BY 1, 2 ORDER BY 1`);
  await publish('seasonal_weekdays', `SELECT weekday AS weekday_number, dayname(make_date(2001, 1, weekday)) AS weekday,
    sum(orders) AS orders, ${cents('sum(revenue)')} AS revenue FROM cells GROUP BY 1, 2 ORDER BY 1`);
  await publish('seasonal_hours', `SELECT hour, sum(orders) AS orders, ${cents('sum(revenue)')} AS revenue FROM cells GROUP BY 1 ORDER BY 1`);
  // Lines are unique by order and product, so counting them counts the orders.
  await publish('product_analysis', `SELECT sku_id, units, orders, rate(units, sum(units) OVER ()) AS units_share
    FROM (SELECT sku_id, sum(sku_count) AS units, count(*) AS orders FROM lines GROUP BY sku_id) ORDER BY units DESC, sku_id`);
  writeFileSync(join(output, 'totals.json'), JSON.stringify(totals, null, 2));
}
