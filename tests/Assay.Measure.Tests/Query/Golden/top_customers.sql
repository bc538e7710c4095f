-- DuckDB: the last order_date_time
SELECT
  max("order_date_time") AS "last_order_date_time"
FROM "orders";

-- DuckDB: groups
SELECT
  "customers"."customer_id",
  "customers"."region",
  sum("orders"."total_amount") AS "total_spent",
  count(*) AS "orders",
  max("orders"."order_date_time") AS "last_order"
FROM "orders"
LEFT JOIN "customers" ON "orders"."mobile_number" = "customers"."mobile_number"
WHERE "orders"."order_date_time" > :last_order_date_time_less_30_days
  AND "orders"."order_date_time" <= :last_order_date_time
  AND "customers"."customer_id" IS NOT NULL
GROUP BY 1, 2;

-- PostgreSQL: the last order_date_time
SELECT
  max("order_date_time") AS "last_order_date_time"
FROM "orders";

-- PostgreSQL: groups
SELECT
  "customers"."customer_id",
  "customers"."region",
  sum("orders"."total_amount") AS "total_spent",
  count(*) AS "orders",
  max("orders"."order_date_time") AS "last_order"
FROM "orders"
LEFT JOIN "customers" ON "orders"."mobile_number" = "customers"."mobile_number"
WHERE "orders"."order_date_time" > :last_order_date_time_less_30_days
  AND "orders"."order_date_time" <= :last_order_date_time
  AND "customers"."customer_id" IS NOT NULL
GROUP BY 1, 2;

-- MariaDB: the last order_date_time
SELECT
  max(`order_date_time`) AS `last_order_date_time`
FROM `orders`;

-- MariaDB: groups
SELECT
  `customers`.`customer_id`,
  `customers`.`region`,
  sum(`orders`.`total_amount`) AS `total_spent`,
  count(*) AS `orders`,
  max(`orders`.`order_date_time`) AS `last_order`
FROM `orders`
LEFT JOIN `customers` ON `orders`.`mobile_number` = `customers`.`mobile_number`
WHERE `orders`.`order_date_time` > :last_order_date_time_less_30_days
  AND `orders`.`order_date_time` <= :last_order_date_time
  AND `customers`.`customer_id` IS NOT NULL
GROUP BY 1, 2;

-- SQLite: the last order_date_time
SELECT
  max("order_date_time") AS "last_order_date_time"
FROM "orders";

-- SQLite: groups
SELECT
  "customers"."customer_id",
  "customers"."region",
  sum("orders"."total_amount" / 1000000000) || ',' || sum("orders"."total_amount" % 1000000000) AS "total_spent",
  count(*) AS "orders",
  max("orders"."order_date_time") AS "last_order"
FROM "orders"
LEFT JOIN "customers" ON "orders"."mobile_number" = "customers"."mobile_number"
WHERE "orders"."order_date_time" > :last_order_date_time_less_30_days
  AND "orders"."order_date_time" <= :last_order_date_time
  AND "customers"."customer_id" IS NOT NULL
GROUP BY 1, 2;
