-- DuckDB: groups
SELECT
  "mobile_number",
  count("total_amount") AS "count_total_amount",
  sum("total_amount") AS "sum_total_amount",
  sum(CAST("total_amount" AS DECIMAL(38,2)) * "total_amount") AS "sum_squares_total_amount",
  count(*) AS "orders"
FROM "orders"
GROUP BY 1;

-- DuckDB: the middle of total_amount in each group
SELECT
  "mobile_number",
  min("value") AS "lower",
  max("value") AS "upper"
FROM (
  SELECT
    "mobile_number",
    "value",
    row_number() OVER (PARTITION BY "mobile_number" ORDER BY "value" NULLS LAST) AS "place",
    count(*) OVER (PARTITION BY "mobile_number") AS "size"
  FROM (
    SELECT
      "mobile_number",
      "total_amount" AS "value"
    FROM "orders"
  ) AS "group_values"
  WHERE "value" IS NOT NULL
) AS "numbered_values"
WHERE "place" * 2 >= "size" AND "place" * 2 <= "size" + 2
GROUP BY 1;

-- PostgreSQL: groups
SELECT
  "mobile_number",
  count("total_amount") AS "count_total_amount",
  sum("total_amount") AS "sum_total_amount",
  sum("total_amount" * "total_amount") AS "sum_squares_total_amount",
  count(*) AS "orders"
FROM "orders"
GROUP BY 1;

-- PostgreSQL: the middle of total_amount in each group
SELECT
  "mobile_number",
  min("value") AS "lower",
  max("value") AS "upper"
FROM (
  SELECT
    "mobile_number",
    "value",
    row_number() OVER (PARTITION BY "mobile_number" ORDER BY "value" NULLS LAST) AS "place",
    count(*) OVER (PARTITION BY "mobile_number") AS "size"
  FROM (
    SELECT
      "mobile_number",
      "total_amount" AS "value"
    FROM "orders"
  ) AS "group_values"
  WHERE "value" IS NOT NULL
) AS "numbered_values"
WHERE "place" * 2 >= "size" AND "place" * 2 <= "size" + 2
GROUP BY 1;

-- MariaDB: groups
SELECT
  `mobile_number`,
  count(`total_amount`) AS `count_total_amount`,
  sum(`total_amount`) AS `sum_total_amount`,
  sum(`total_amount` * `total_amount`) AS `sum_squares_total_amount`,
  count(*) AS `orders`
FROM `orders`
GROUP BY 1;

-- MariaDB: the middle of total_amount in each group
SELECT
  `mobile_number`,
  min(`value`) AS `lower`,
  max(`value`) AS `upper`
FROM (
  SELECT
    `mobile_number`,
    `value`,
    row_number() OVER (PARTITION BY `mobile_number` ORDER BY `value` IS NULL, `value`) AS `place`,
    count(*) OVER (PARTITION BY `mobile_number`) AS `size`
  FROM (
    SELECT
      `mobile_number`,
      `total_amount` AS `value`
    FROM `orders`
  ) AS `group_values`
  WHERE `value` IS NOT NULL
) AS `numbered_values`
WHERE `place` * 2 >= `size` AND `place` * 2 <= `size` + 2
GROUP BY 1;

-- SQLite: groups
SELECT
  "mobile_number",
  count("total_amount") AS "count_total_amount",
  sum("total_amount" / 1000000000) || ',' || sum("total_amount" % 1000000000) AS "sum_total_amount",
  sum(("total_amount" / 1000000000) * ("total_amount" / 1000000000) * 1000000000 + 2 * ("total_amount" / 1000000000) * ("total_amount" % 1000000000) + ("total_amount" % 1000000000) * ("total_amount" % 1000000000) / 1000000000) || ',' || sum(("total_amount" % 1000000000) * ("total_amount" % 1000000000) % 1000000000) AS "sum_squares_total_amount",
  count(*) AS "orders"
FROM "orders"
GROUP BY 1;

-- SQLite: the middle of total_amount in each group
SELECT
  "mobile_number",
  min("value") AS "lower",
  max("value") AS "upper"
FROM (
  SELECT
    "mobile_number",
    "value",
    row_number() OVER (PARTITION BY "mobile_number" ORDER BY "value" NULLS LAST) AS "place",
    count(*) OVER (PARTITION BY "mobile_number") AS "size"
  FROM (
    SELECT
      "mobile_number",
      "total_amount" AS "value"
    FROM "orders"
  ) AS "group_values"
  WHERE "value" IS NOT NULL
) AS "numbered_values"
WHERE "place" * 2 >= "size" AND "place" * 2 <= "size" + 2
GROUP BY 1;
