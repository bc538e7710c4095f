-- DuckDB: groups
SELECT
  isodow("order_date_time") AS "weekday_number",
  dayname("order_date_time") AS "weekday",
  count(*) AS "orders",
  sum("total_amount") AS "revenue"
FROM "orders"
GROUP BY 1, 2;

-- PostgreSQL: groups
SELECT
  CAST(EXTRACT(ISODOW FROM "order_date_time") AS bigint) AS "weekday_number",
  to_char("order_date_time", 'FMDay') AS "weekday",
  count(*) AS "orders",
  sum("total_amount") AS "revenue"
FROM "orders"
GROUP BY 1, 2;

-- MariaDB: groups
SELECT
  weekday(`order_date_time`) + 1 AS `weekday_number`,
  dayname(`order_date_time`) AS `weekday`,
  count(*) AS `orders`,
  sum(`total_amount`) AS `revenue`
FROM `orders`
GROUP BY 1, 2;

-- SQLite: groups
SELECT
  (strftime('%w', substr("order_date_time", 1, 10)) + 6) % 7 + 1 AS "weekday_number",
  CASE strftime('%w', substr("order_date_time", 1, 10))
    WHEN '0' THEN 'Sunday'
    WHEN '1' THEN 'Monday'
    WHEN '2' THEN 'Tuesday'
    WHEN '3' THEN 'Wednesday'
    WHEN '4' THEN 'Thursday'
    WHEN '5' THEN 'Friday'
    WHEN '6' THEN 'Saturday'
  END AS "weekday",
  count(*) AS "orders",
  sum("total_amount" / 1000000000) || ',' || sum("total_amount" % 1000000000) AS "revenue"
FROM "orders"
GROUP BY 1, 2;
