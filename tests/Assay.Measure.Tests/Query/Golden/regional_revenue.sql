-- DuckDB: groups
SELECT
  coalesce("customers"."region", 'Unknown') AS "region",
  sum("orders"."total_amount") AS "revenue",
  count(*) AS "orders",
  count(DISTINCT "orders"."mobile_number") AS "customers"
FROM "orders"
LEFT JOIN "customers" ON "orders"."mobile_number" = "customers"."mobile_number"
GROUP BY 1;

-- PostgreSQL: groups
SELECT
  coalesce("customers"."region", 'Unknown') AS "region",
  sum("orders"."total_amount") AS "revenue",
  count(*) AS "orders",
  count(DISTINCT "orders"."mobile_number") AS "customers"
FROM "orders"
LEFT JOIN "customers" ON "orders"."mobile_number" = "customers"."mobile_number"
GROUP BY 1;

-- MariaDB: groups
SELECT
  coalesce(`customers`.`region`, 'Unknown') AS `region`,
  sum(`orders`.`total_amount`) AS `revenue`,
  count(*) AS `orders`,
  count(DISTINCT `orders`.`mobile_number`) AS `customers`
FROM `orders`
LEFT JOIN `customers` ON `orders`.`mobile_number` = `customers`.`mobile_number`
GROUP BY 1;

-- SQLite: groups
SELECT
  coalesce("customers"."region", 'Unknown') AS "region",
  sum("orders"."total_amount" / 1000000000) || ',' || sum("orders"."total_amount" % 1000000000) AS "revenue",
  count(*) AS "orders",
  count(DISTINCT "orders"."mobile_number") AS "customers"
FROM "orders"
LEFT JOIN "customers" ON "orders"."mobile_number" = "customers"."mobile_number"
GROUP BY 1;
