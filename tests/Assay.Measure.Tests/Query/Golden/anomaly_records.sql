-- DuckDB: statistics of all rows
SELECT
  sum("revenue") AS "sum_revenue",
  count("revenue") AS "count_revenue",
  sum("quantity") AS "sum_quantity",
  count("quantity") AS "count_quantity"
FROM "sales";

-- DuckDB: rows of at least 2 points
SELECT
  "order_id",
  "quantity",
  "unit_price",
  "discount_percent",
  "revenue"
FROM "sales"
WHERE CASE WHEN "revenue" > 10 * :avg_revenue THEN 3 ELSE 0 END
  + CASE WHEN "quantity" > 5 * :avg_quantity THEN 2 ELSE 0 END
  + CASE WHEN "discount_percent" > 0.3000 THEN 1 ELSE 0 END
  + CASE WHEN "unit_price" > 1000.0000 AND "discount_percent" > 0.0500 THEN 2 ELSE 0 END >= 2;

-- PostgreSQL: statistics of all rows
SELECT
  sum("revenue") AS "sum_revenue",
  count("revenue") AS "count_revenue",
  sum("quantity") AS "sum_quantity",
  count("quantity") AS "count_quantity"
FROM "sales";

-- PostgreSQL: rows of at least 2 points
SELECT
  "order_id",
  "quantity",
  "unit_price",
  "discount_percent",
  "revenue"
FROM "sales"
WHERE CASE WHEN "revenue" > 10 * :avg_revenue THEN 3 ELSE 0 END
  + CASE WHEN "quantity" > 5 * :avg_quantity THEN 2 ELSE 0 END
  + CASE WHEN "discount_percent" > 0.3000 THEN 1 ELSE 0 END
  + CASE WHEN "unit_price" > 1000.0000 AND "discount_percent" > 0.0500 THEN 2 ELSE 0 END >= 2;

-- MariaDB: statistics of all rows
SELECT
  sum(`revenue`) AS `sum_revenue`,
  count(`revenue`) AS `count_revenue`,
  sum(`quantity`) AS `sum_quantity`,
  count(`quantity`) AS `count_quantity`
FROM `sales`;

-- MariaDB: rows of at least 2 points
SELECT
  `order_id`,
  `quantity`,
  `unit_price`,
  `discount_percent`,
  `revenue`
FROM `sales`
WHERE CASE WHEN `revenue` > 10 * :avg_revenue THEN 3 ELSE 0 END
  + CASE WHEN `quantity` > 5 * :avg_quantity THEN 2 ELSE 0 END
  + CASE WHEN `discount_percent` > 0.3000 THEN 1 ELSE 0 END
  + CASE WHEN `unit_price` > 1000.0000 AND `discount_percent` > 0.0500 THEN 2 ELSE 0 END >= 2;

-- SQLite: statistics of all rows
SELECT
  sum("revenue" / 1000000000) || ',' || sum("revenue" % 1000000000) AS "sum_revenue",
  count("revenue") AS "count_revenue",
  sum("quantity" / 1000000000) || ',' || sum("quantity" % 1000000000) AS "sum_quantity",
  count("quantity") AS "count_quantity"
FROM "sales";

-- SQLite: rows of at least 2 points
SELECT
  "order_id",
  "quantity",
  "unit_price",
  "discount_percent",
  "revenue"
FROM "sales"
WHERE CASE WHEN "revenue" > 10 * :avg_revenue THEN 3 ELSE 0 END
  + CASE WHEN "quantity" > 5 * :avg_quantity THEN 2 ELSE 0 END
  + CASE WHEN "discount_percent" > 3000 /* 0.3000 */ THEN 1 ELSE 0 END
  + CASE
    WHEN "unit_price" > 10000000 /* 1000.0000 */ AND "discount_percent" > 500 /* 0.0500 */ THEN 2
    ELSE 0
  END >= 2;
