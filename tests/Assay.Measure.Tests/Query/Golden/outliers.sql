-- DuckDB: statistics of all rows
SELECT
  sum("quantity") AS "sum_quantity",
  count("quantity") AS "count_quantity",
  sum("revenue") AS "sum_revenue",
  count("revenue") AS "count_revenue",
  min("revenue") AS "min_revenue",
  max("unit_price") AS "max_unit_price"
FROM "sales";

-- DuckDB: rows of at least 1 points
SELECT
  "order_id",
  "quantity",
  "unit_price",
  "revenue"
FROM "sales"
WHERE CASE WHEN "quantity" > 2.5 * :avg_quantity THEN 1 ELSE 0 END
  + CASE
    WHEN "quantity" * "unit_price" >= 1.25 * (:avg_revenue + 3) - :min_revenue THEN 1
    ELSE 0
  END
  + CASE WHEN "unit_price" > :max_unit_price * 0.95 THEN 1 ELSE 0 END >= 1;

-- PostgreSQL: statistics of all rows
SELECT
  sum("quantity") AS "sum_quantity",
  count("quantity") AS "count_quantity",
  sum("revenue") AS "sum_revenue",
  count("revenue") AS "count_revenue",
  min("revenue") AS "min_revenue",
  max("unit_price") AS "max_unit_price"
FROM "sales";

-- PostgreSQL: rows of at least 1 points
SELECT
  "order_id",
  "quantity",
  "unit_price",
  "revenue"
FROM "sales"
WHERE CASE WHEN "quantity" > 2.5 * :avg_quantity THEN 1 ELSE 0 END
  + CASE
    WHEN "quantity" * "unit_price" >= 1.25 * (:avg_revenue + 3) - :min_revenue THEN 1
    ELSE 0
  END
  + CASE WHEN "unit_price" > :max_unit_price * 0.95 THEN 1 ELSE 0 END >= 1;

-- MariaDB: statistics of all rows
SELECT
  sum(`quantity`) AS `sum_quantity`,
  count(`quantity`) AS `count_quantity`,
  sum(`revenue`) AS `sum_revenue`,
  count(`revenue`) AS `count_revenue`,
  min(`revenue`) AS `min_revenue`,
  max(`unit_price`) AS `max_unit_price`
FROM `sales`;

-- MariaDB: rows of at least 1 points
SELECT
  `order_id`,
  `quantity`,
  `unit_price`,
  `revenue`
FROM `sales`
WHERE CASE WHEN `quantity` > 2.5 * :avg_quantity THEN 1 ELSE 0 END
  + CASE
    WHEN `quantity` * `unit_price` >= 1.25 * (:avg_revenue + 3) - :min_revenue THEN 1
    ELSE 0
  END
  + CASE WHEN `unit_price` > :max_unit_price * 0.95 THEN 1 ELSE 0 END >= 1;

-- SQLite: statistics of all rows
SELECT
  sum("quantity" / 1000000000) || ',' || sum("quantity" % 1000000000) AS "sum_quantity",
  count("quantity") AS "count_quantity",
  sum("revenue" / 1000000000) || ',' || sum("revenue" % 1000000000) AS "sum_revenue",
  count("revenue") AS "count_revenue",
  min("revenue") AS "min_revenue",
  max("unit_price") AS "max_unit_price"
FROM "sales";

-- SQLite: rows of at least 1 points
SELECT
  "order_id",
  "quantity",
  "unit_price",
  "revenue"
FROM "sales"
WHERE CASE WHEN "quantity" > 2.5 * :avg_quantity THEN 1 ELSE 0 END
  + CASE
    WHEN "quantity" * "unit_price" >= 1.25 * (:avg_revenue + 3) - :min_revenue THEN 1
    ELSE 0
  END
  + CASE WHEN "unit_price" > :max_unit_price * 0.95 THEN 1 ELSE 0 END >= 1;
