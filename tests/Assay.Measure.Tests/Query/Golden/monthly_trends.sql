-- DuckDB: groups
SELECT
  strftime("order_date_time", '%Y-%m') AS "month",
  sum("total_amount") AS "revenue",
  count(*) AS "orders",
  count(DISTINCT "mobile_number") AS "customers",
  count("total_amount") AS "count_total_amount"
FROM "orders"
GROUP BY 1;

-- PostgreSQL: groups
SELECT
  to_char("order_date_time", 'YYYY-MM') AS "month",
  sum("total_amount") AS "revenue",
  count(*) AS "orders",
  count(DISTINCT "mobile_number") AS "customers",
  count("total_amount") AS "count_total_amount"
FROM "orders"
GROUP BY 1;

-- MariaDB: groups
SELECT
  date_format(`order_date_time`, '%Y-%m') AS `month`,
  sum(`total_amount`) AS `revenue`,
  count(*) AS `orders`,
  count(DISTINCT `mobile_number`) AS `customers`,
  count(`total_amount`) AS `count_total_amount`
FROM `orders`
GROUP BY 1;

-- SQLite: groups
SELECT
  substr("order_date_time", 1, 7) AS "month",
  sum("total_amount" / 1000000000) || ',' || sum("total_amount" % 1000000000) AS "revenue",
  count(*) AS "orders",
  count(DISTINCT "mobile_number") AS "customers",
  count("total_amount") AS "count_total_amount"
FROM "orders"
GROUP BY 1;
