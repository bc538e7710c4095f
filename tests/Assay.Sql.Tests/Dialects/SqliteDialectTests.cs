namespace Assay.Sql.Tests;

public sealed class SqliteDialectTests : DialectContractTests
{
    private protected override SqlDialect Dialect => SqliteDialect.Instance;

    private protected override string CreateTable => """
        CREATE TABLE IF NOT EXISTS "orders" (
          "id" INTEGER NOT NULL,
          "mobile" TEXT,
          "amount" INTEGER NOT NULL,
          "revenue" INTEGER,
          "paid" INTEGER,
          "at" TEXT,
          "customers_mobile" TEXT,
          PRIMARY KEY ("id"),
          FOREIGN KEY ("customers_mobile") REFERENCES "customers" ("mobile")
        ) STRICT
        """;

    private protected override string CreateStaging => """
        CREATE TABLE "orders" (
          "id" INTEGER NOT NULL,
          "mobile" TEXT,
          "amount" INTEGER NOT NULL,
          "revenue" INTEGER,
          "paid" INTEGER,
          "at" TEXT,
          "customers_mobile" TEXT
        ) STRICT
        """;

    private protected override string Changes => """
        ALTER TABLE "orders" ADD COLUMN "note" TEXT
        ALTER TABLE "orders" RENAME TO "old orders"
        DROP TABLE IF EXISTS "orders"
        CREATE INDEX IF NOT EXISTS "orders_idx" ON "orders" ("mobile", "at")
        DELETE FROM "orders"
        """;

    private protected override string Insert => """
        INSERT INTO "orders" ("id", "mobile", "amount", "paid", "at")
        VALUES (?1, ?2, ?3, NULL, ?4)
        7
        +91 'x'
        -1205
        1969-12-31 23:59:59.999999
        """;

    private protected override string Upsert => """
        INSERT INTO "orders" ("id", "mobile", "amount")
        SELECT "id", "mobile", "amount"
        FROM "orders__staging"
        WHERE TRUE
        ON CONFLICT ("id") DO UPDATE SET
          "mobile" = EXCLUDED."mobile",
          "amount" = EXCLUDED."amount"
        """;

    private protected override string UpsertOfKeyOnly => """
        INSERT INTO "orders" ("id")
        SELECT "id"
        FROM "orders__staging"
        WHERE TRUE
        ON CONFLICT ("id") DO NOTHING
        """;

    private protected override string Delete => """
        DELETE FROM "orders"
        WHERE NOT EXISTS (
            SELECT 1
            FROM "orders__staging"
            WHERE "orders__staging"."id" = "orders"."id"
          )
        """;

    private protected override string Update => """
        UPDATE "orders"
        SET "customers_mobile" = CASE
          WHEN EXISTS (
            SELECT 1
            FROM "customers"
            WHERE "customers"."mobile" = "orders"."mobile"
          ) THEN "orders"."mobile"
        END
        WHERE "orders"."customers_mobile" IS NULL
        """;

    private protected override string Grouped => """
        SELECT
          substr("orders"."at", 1, 7) AS "month",
          coalesce("customers"."name", ?1) AS "name",
          sum("orders"."amount" / 1000000000) || ',' || sum("orders"."amount" % 1000000000) AS "revenue",
          count(*) AS "orders",
          count(DISTINCT "orders"."mobile") AS "customers",
          max("orders"."at") AS "last"
        FROM "orders"
        LEFT JOIN "customers" ON "customers"."mobile" = "orders"."mobile"
        WHERE "orders"."amount" > ?2 AND "orders"."at" >= ?3 AND "orders"."paid" = ?4
        GROUP BY 1, 2
        HAVING count(*) > ?5
        ORDER BY 1 NULLS LAST, 4 DESC NULLS LAST
        LIMIT 10
        O'Neil \ 100%
        1250
        2024-01-01 00:00:00.5
        1
        3
        """;

    private protected override string GroupedScript => """
        SELECT
          substr("orders"."at", 1, 7) AS "month",
          coalesce("customers"."name", 'O''Neil \ 100%') AS "name",
          sum("orders"."amount" / 1000000000) || ',' || sum("orders"."amount" % 1000000000) AS "revenue",
          count(*) AS "orders",
          count(DISTINCT "orders"."mobile") AS "customers",
          max("orders"."at") AS "last"
        FROM "orders"
        LEFT JOIN "customers" ON "customers"."mobile" = "orders"."mobile"
        WHERE "orders"."amount" > 1250 /* 12.50 */
          AND "orders"."at" >= '2024-01-01 00:00:00.5'
          AND "orders"."paid" = TRUE
        GROUP BY 1, 2
        HAVING count(*) > 3
        ORDER BY 1 NULLS LAST, 4 DESC NULLS LAST
        LIMIT 10
        """;

    private protected override string Numbered => """
        SELECT
          "mobile",
          "amount"
        FROM (
          SELECT
            "mobile",
            "amount",
            row_number() OVER (PARTITION BY "mobile" ORDER BY "amount" NULLS LAST, "id" NULLS LAST) AS "place",
            count(*) OVER (PARTITION BY "mobile") AS "size"
          FROM "orders"
        ) AS "numbered"
        WHERE "place" = "size"
        """;

    private protected override string Explained => """
        EXPLAIN QUERY PLAN
        SELECT
          ?1 AS "n"
        FROM "rows"
        """;

    private protected override string Numbers => """
          "n" + "m" AS "1",
          "n" * 2 * 100 - "rate" AS "2",
          "price" * "rate" AS "3",
          -"price" AS "4",
          "n" % 3 AS "5",
          "price" % ("rate" * 100) AS "6",
          abs("rate") AS "7",
          sign("price") AS "8",
          "n" * 100 AS "9",
          "price" > "rate" * 100 AS "10",
          "rate" > 125 /* 1.25 */ AS "11",
          CASE WHEN "rate" IS NOT NULL THEN TRUE END AS "12",
          "rate" IN (150 /* 1.50 */, NULL) AS "13",
          min((SELECT CASE typeof(n) WHEN 'real' THEN abs(CAST(n AS INTEGER) * 0 - 9223372036854775807 - 1) ELSE n END FROM (SELECT "n" * 100 AS n)), "rate") AS "14",
          coalesce("rate", "n" * 100, 0 /* 0.00 */) AS "15",
          CASE WHEN "n" > 1 THEN 'many' WHEN "f" THEN 'one' END AS "16",
          NOT ("f" OR "n" IS NULL) AND "s" <> '' AS "17",
          "n" >= 1 AND CASE WHEN "n" IS NOT NULL THEN TRUE END AS "18"
        """;

    private protected override string Texts => """
          "s" || '-' || "r" AS "1",
          length("s") AS "2",
          instr("s", '%') > 0 AS "3",
          instr("s", "r") = 1 AS "4",
          CASE WHEN "r" IS NOT NULL THEN replace("s", 'a', "r") END AS "5",
          substr("s", 1, 2) AS "6",
          substr("s", 3) AS "7",
          "s" < "r" AS "8",
          'x' < CASE WHEN "f" THEN 'a' ELSE 'b' END AS "9",
          max("s", "r") AS "10"
        """;

    private protected override string Moments => """
          CAST(substr("d", 1, 4) AS INTEGER) AS "1",
          (substr("t", 6, 2) + 2) / 3 AS "2",
          CAST(substr("d", 6, 2) AS INTEGER) AS "3",
          CAST(substr("d", 9, 2) AS INTEGER) AS "4",
          (strftime('%w', substr("t", 1, 10)) + 6) % 7 + 1 AS "5",
          CASE strftime('%w', substr("t", 1, 10))
            WHEN '0' THEN 'Sunday'
            WHEN '1' THEN 'Monday'
            WHEN '2' THEN 'Tuesday'
            WHEN '3' THEN 'Wednesday'
            WHEN '4' THEN 'Thursday'
            WHEN '5' THEN 'Friday'
            WHEN '6' THEN 'Saturday'
          END AS "6",
          CASE substr("d", 6, 2)
            WHEN '01' THEN 'January'
            WHEN '02' THEN 'February'
            WHEN '03' THEN 'March'
            WHEN '04' THEN 'April'
            WHEN '05' THEN 'May'
            WHEN '06' THEN 'June'
            WHEN '07' THEN 'July'
            WHEN '08' THEN 'August'
            WHEN '09' THEN 'September'
            WHEN '10' THEN 'October'
            WHEN '11' THEN 'November'
            WHEN '12' THEN 'December'
          END AS "7",
          CAST(substr("t", 12, 2) AS INTEGER) AS "8",
          CAST(substr("t", 15, 2) AS INTEGER) AS "9",
          substr("t", 1, 10) AS "10",
          substr("t", 1, 7) AS "11",
          substr("d", 1, 4) || '-Q' || ((substr("d", 6, 2) + 2) / 3) AS "12",
          (SELECT CASE WHEN t >= '0001-01-01' THEN t WHEN k THEN abs(k * 0 - 9223372036854775807 - 1) END FROM (SELECT replace(date("d", (-7) || ' days'), '0300-02-29', '0300-03-01') AS t, "d" IS NOT NULL AS k)) AS "13",
          (SELECT CASE WHEN t >= '0001-01-01' THEN t WHEN k THEN abs(k * 0 - 9223372036854775807 - 1) END FROM (SELECT min(replace(date(substr("t", 1, 10), 'start of month', "n" || ' months', (substr("t", 9, 2) - 1) || ' days'), '0300-02-29', '0300-03-01'), coalesce(date(substr("t", 1, 10), 'start of month', "n" || ' months', '1 month', '-1 day'), '9999-12-31')) || substr("t", 11) AS t, "t" IS NOT NULL AND "n" IS NOT NULL AS k)) AS "14",
          (SELECT CASE WHEN t >= '0001-01-01' THEN t WHEN k THEN abs(k * 0 - 9223372036854775807 - 1) END FROM (SELECT replace(datetime(substr("t", 1, 19), 30 || ' seconds'), '0300-02-29', '0300-03-01') || substr("t", 20) AS t, "t" IS NOT NULL AS k)) AS "15",
          (strftime('%s', "e") - strftime('%s', "d")) / 86400 AS "16",
          (strftime('%s', substr("u", 1, 19)) * 1000000 + substr(substr("u", 21) || '000000', 1, 6) - (strftime('%s', substr("t", 1, 19)) * 1000000 + substr(substr("t", 21) || '000000', 1, 6))) / 3600000000 AS "17",
          CASE
            WHEN (substr("u", 1, 4) - substr("t", 1, 4)) * 12 + substr("u", 6, 2) - substr("t", 6, 2) > 0 AND substr("u", 9) < substr("t", 9) THEN (substr("u", 1, 4) - substr("t", 1, 4)) * 12 + substr("u", 6, 2) - substr("t", 6, 2) - 1
            WHEN (substr("u", 1, 4) - substr("t", 1, 4)) * 12 + substr("u", 6, 2) - substr("t", 6, 2) < 0 AND substr("u", 9) > substr("t", 9) THEN (substr("u", 1, 4) - substr("t", 1, 4)) * 12 + substr("u", 6, 2) - substr("t", 6, 2) + 1
            ELSE (substr("u", 1, 4) - substr("t", 1, 4)) * 12 + substr("u", 6, 2) - substr("t", 6, 2)
          END AS "18",
          "d" || ' 00:00:00' < '2024-01-31 18:30:00.5' AS "19"
        """;

    private protected override string HostileTexts => """
          'Robert''); DROP TABLE orders;-- "`' AS "quotes",
          '\''; %_ \' AS "backslash",
          '😀 é
        ' AS "emoji"
        """;
}
