-- DuckDB: groups
SELECT
  "category",
  sum("revenue" * "discount_percent") AS "sum_revenue_discount_percent",
  sum("revenue") AS "sum_revenue"
FROM "sales"
GROUP BY 1;

-- PostgreSQL: groups
SELECT
  "category",
  sum("revenue" * "discount_percent") AS "sum_revenue_discount_percent",
  sum("revenue") AS "sum_revenue"
FROM "sales"
GROUP BY 1;

-- MariaDB: groups
SELECT
  `category`,
  sum(`revenue` * `discount_percent`) AS `sum_revenue_discount_percent`,
  sum(`revenue`) AS `sum_revenue`
FROM `sales`
GROUP BY 1;

-- SQLite: groups
SELECT
  "category",
  sum(("revenue" / 1000000000) * "discount_percent" + ("revenue" % 1000000000) * "discount_percent" / 1000000000) || ',' || sum(("revenue" % 1000000000) * "discount_percent" % 1000000000) AS "sum_revenue_discount_percent",
  sum("revenue" / 1000000000) || ',' || sum("revenue" % 1000000000) AS "sum_revenue"
FROM "sales"
GROUP BY 1;
