namespace Assay.Sql.Tests;

public sealed class PostgresDialectTests : DialectContractTests
{
    private protected override SqlDialect Dialect => PostgresDialect.Instance;

    private protected override string CreateTable => """
        CREATE TABLE IF NOT EXISTS "orders" (
          "id" bigint NOT NULL,
          "mobile" text COLLATE "C",
          "amount" numeric(14,2) NOT NULL,
          "revenue" numeric(38,8),
          "paid" boolean,
          "at" timestamp(6),
          "customers_mobile" text COLLATE "C",
          PRIMARY KEY ("id"),
          FOREIGN KEY ("customers_mobile") REFERENCES "customers" ("mobile") DEFERRABLE INITIALLY DEFERRED
        )
        """;

    private protected override string CreateStaging => """
        CREATE UNLOGGED TABLE "orders" (
          "id" bigint NOT NULL,
          "mobile" text COLLATE "C",
          "amount" numeric(14,2) NOT NULL,
          "revenue" numeric(38,8),
          "paid" boolean,
          "at" timestamp(6),
          "customers_mobile" text COLLATE "C"
        )
        """;

    private protected override string Changes => """
        ALTER TABLE "orders" ADD COLUMN "note" text COLLATE "C"
        ALTER TABLE "orders" RENAME TO "old orders"
        DROP TABLE IF EXISTS "orders"
        CREATE INDEX IF NOT EXISTS "orders_idx" ON "orders" ("mobile", "at")
        DELETE FROM "orders"
        """;

    private protected override string Insert => """
        INSERT INTO "orders" ("id", "mobile", "amount", "paid", "at")
        VALUES (CAST($1 AS bigint), CAST($2 AS text), CAST($3 AS numeric), NULL, CAST($4 AS timestamp))
        7
        +91 'x'
        -12.05
        1969-12-31 23:59:59.999999
        """;

    private protected override string Upsert => """
        INSERT INTO "orders" ("id", "mobile", "amount")
        SELECT "id", "mobile", "amount"
        FROM "orders__staging"
        ON CONFLICT ("id") DO UPDATE SET
          "mobile" = EXCLUDED."mobile",
          "amount" = EXCLUDED."amount"
        """;

    private protected override string UpsertOfKeyOnly => """
        INSERT INTO "orders" ("id")
        SELECT "id"
        FROM "orders__staging"
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
          to_char("orders"."at", 'YYYY-MM') COLLATE "C" AS "month",
          coalesce("customers"."name", CAST($1 AS text)) AS "name",
          sum("orders"."amount") AS "revenue",
          count(*) AS "orders",
          count(DISTINCT "orders"."mobile") AS "customers",
          max("orders"."at") AS "last"
        FROM "orders"
        LEFT JOIN "customers" ON "customers"."mobile" = "orders"."mobile"
        WHERE "orders"."amount" > CAST($2 AS numeric)
          AND "orders"."at" >= CAST($3 AS timestamp)
          AND "orders"."paid" = CAST($4 AS boolean)
        GROUP BY 1, 2
        HAVING count(*) > CAST($5 AS bigint)
        ORDER BY 1 NULLS LAST, 4 DESC NULLS LAST
        LIMIT 10
        O'Neil \ 100%
        12.50
        2024-01-01 00:00:00.5
        True
        3
        """;

    private protected override string GroupedScript => """
        SELECT
          to_char("orders"."at", 'YYYY-MM') COLLATE "C" AS "month",
          coalesce("customers"."name", E'O''Neil \\ 100%') AS "name",
          sum("orders"."amount") AS "revenue",
          count(*) AS "orders",
          count(DISTINCT "orders"."mobile") AS "customers",
          max("orders"."at") AS "last"
        FROM "orders"
        LEFT JOIN "customers" ON "customers"."mobile" = "orders"."mobile"
        WHERE "orders"."amount" > 12.50
          AND "orders"."at" >= TIMESTAMP '2024-01-01 00:00:00.5'
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
        EXPLAIN
        SELECT
          CAST($1 AS bigint) AS "n"
        FROM "rows"
        """;

    private protected override string Numbers => """
          CAST("n" AS numeric) + "m" AS "1",
          CAST("n" AS numeric) * 2 - "rate" AS "2",
          "price" * "rate" AS "3",
          -"price" AS "4",
          "n" % 3 AS "5",
          "price" % nullif("rate", 0) AS "6",
          abs("rate") AS "7",
          CAST(sign("price") AS bigint) AS "8",
          "n" AS "9",
          "price" > "rate" AS "10",
          "rate" > 1.25 AS "11",
          CASE WHEN "rate" IS NOT NULL THEN TRUE END AS "12",
          "rate" IN (1.50, NULL) AS "13",
          CASE WHEN "n" IS NOT NULL AND "rate" IS NOT NULL THEN least("n", "rate") END AS "14",
          coalesce("rate", "n", 0.00) AS "15",
          CASE WHEN "n" > 1 THEN 'many' WHEN "f" THEN 'one' END AS "16",
          NOT ("f" OR "n" IS NULL) AND "s" <> '' AS "17",
          "n" >= 1 AND "n" <= 99999999999999999999 AS "18"
        """;

    private protected override string Texts => """
          "s" || '-' || "r" AS "1",
          CAST(char_length("s") AS bigint) AS "2",
          strpos("s", '%') > 0 AS "3",
          starts_with("s", "r") AS "4",
          replace("s", 'a', "r") AS "5",
          substring("s", 1, 2) AS "6",
          substring("s", 3) AS "7",
          "s" < "r" AS "8",
          'x' COLLATE "C" < CASE WHEN "f" THEN 'a' ELSE 'b' END AS "9",
          CASE WHEN "s" IS NOT NULL AND "r" IS NOT NULL THEN greatest("s", "r") END AS "10"
        """;

    private protected override string Moments => """
          CAST(EXTRACT(YEAR FROM "d") AS bigint) AS "1",
          CAST(EXTRACT(QUARTER FROM "t") AS bigint) AS "2",
          CAST(EXTRACT(MONTH FROM "d") AS bigint) AS "3",
          CAST(EXTRACT(DAY FROM "d") AS bigint) AS "4",
          CAST(EXTRACT(ISODOW FROM "t") AS bigint) AS "5",
          to_char("t", 'FMDay') AS "6",
          to_char("d", 'FMMonth') AS "7",
          CAST(EXTRACT(HOUR FROM "t") AS bigint) AS "8",
          CAST(EXTRACT(MINUTE FROM "t") AS bigint) AS "9",
          CAST("t" AS date) AS "10",
          to_char("t", 'YYYY-MM') AS "11",
          to_char("d", 'YYYY-"Q"Q') AS "12",
          "d" + -7 + 2142110009 - 2142110009 - 1721426 + 1721426 AS "13",
          "t" + "n" * INTERVAL '1 month' + INTERVAL '103830043 days' - INTERVAL '103830043 days' - INTERVAL '1721426 days' + INTERVAL '1721426 days' AS "14",
          "t" + 30 * INTERVAL '1 second' + INTERVAL '103830043 days' - INTERVAL '103830043 days' - INTERVAL '1721426 days' + INTERVAL '1721426 days' AS "15",
          CAST("e" - "d" AS bigint) AS "16",
          CAST(div(EXTRACT(EPOCH FROM "u" - "t"), 3600) AS bigint) AS "17",
          CAST(CASE
            WHEN (EXTRACT(YEAR FROM "u") - EXTRACT(YEAR FROM "t")) * 12 + EXTRACT(MONTH FROM "u") - EXTRACT(MONTH FROM "t") > 0 AND "u" - date_trunc('month', "u") < "t" - date_trunc('month', "t") THEN (EXTRACT(YEAR FROM "u") - EXTRACT(YEAR FROM "t")) * 12 + EXTRACT(MONTH FROM "u") - EXTRACT(MONTH FROM "t") - 1
            WHEN (EXTRACT(YEAR FROM "u") - EXTRACT(YEAR FROM "t")) * 12 + EXTRACT(MONTH FROM "u") - EXTRACT(MONTH FROM "t") < 0 AND "u" - date_trunc('month', "u") > "t" - date_trunc('month', "t") THEN (EXTRACT(YEAR FROM "u") - EXTRACT(YEAR FROM "t")) * 12 + EXTRACT(MONTH FROM "u") - EXTRACT(MONTH FROM "t") + 1
            ELSE (EXTRACT(YEAR FROM "u") - EXTRACT(YEAR FROM "t")) * 12 + EXTRACT(MONTH FROM "u") - EXTRACT(MONTH FROM "t")
          END AS bigint) AS "18",
          CAST("d" AS timestamp) < TIMESTAMP '2024-01-31 18:30:00.5' AS "19"
        """;

    private protected override string HostileTexts => """
          'Robert''); DROP TABLE orders;-- "`' AS "quotes",
          E'\\''; %_ \\' AS "backslash",
          '😀 é
        ' AS "emoji"
        """;
}
