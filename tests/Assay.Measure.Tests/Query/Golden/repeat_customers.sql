-- DuckDB: groups
SELECT
  "customers"."customer_id",
  "customers"."customer_name",
  "customers"."region",
  count(*) AS "orders",
  sum("orders"."total_amount") AS "total_spent",
  count("orders"."total_amount") AS "count_total_amount"
FROM "orders"
LEFT JOIN "customers" ON "orders"."mobile_number" = "customers"."mobile_number"
WHERE "customers"."customer_id" IS NOT NULL
GROUP BY 1, 2, 3
HAVING count(*) > 1;

-- DuckDB: the rows of customers
SELECT
  count(*) AS "row_count"
FROM "customers";

-- PostgreSQL: groups
SELECT
  "customers"."customer_id",
  "customers"."customer_name",
  "customers"."region",
  count(*) AS "orders",
  sum("orders"."total_amount") AS "total_spent",
  count("orders"."total_amount") AS "count_total_amount"
FROM "orders"
LEFT JOIN "customers" ON "orders"."mobile_number" = "customers"."mobile_number"
WHERE "customers"."customer_id" IS NOT NULL
GROUP BY 1, 2, 3
HAVING count(*) > 1;

-- PostgreSQL: the rows of customers
SELECT
  count(*) AS "row_count"
FROM "customers";

-- MariaDB: groups
SELECT
  `customers`.`customer_id`,
  `customers`.`customer_name`,
  `customers`.`region`,
  count(*) AS `orders`,
  sum(`orders`.`total_amount`) AS `total_spent`,
  count(`orders`.`total_amount`) AS `count_total_amount`
FROM `orders`
LEFT JOIN `customers` ON `orders`.`mobile_number` = `customers`.`mobile_number`
WHERE `customers`.`customer_id` IS NOT NULL
GROUP BY 1, 2, 3
HAVING count(*) > 1;

-- MariaDB: the rows of customers
SELECT
  count(*) AS `row_count`
FROM `customers`;

-- SQLite: groups
SELECT
  "customers"."customer_id",
  "customers"."customer_name",
  "customers"."region",
  count(*) AS "orders",
  sum("orders"."total_amount" / 1000000000) || ',' || sum("orders"."total_amount" % 1000000000) AS "total_spent",
  count("orders"."total_amount") AS "count_total_amount"
FROM "orders"
LEFT JOIN "customers" ON "orders"."mobile_number" = "customers"."mobile_number"
WHERE "customers"."customer_id" IS NOT NULL
GROUP BY 1, 2, 3
HAVING count(*) > 1;

-- SQLite: the rows of customers
SELECT
  count(*) AS "row_count"
FROM "customers";
