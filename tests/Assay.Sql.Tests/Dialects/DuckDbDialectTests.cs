namespace Assay.Sql.Tests;

public sealed class DuckDbDialectTests : DialectContractTests
{
    private protected override SqlDialect Dialect => DuckDbDialect.Instance;

    private protected override string CreateTable => """
        CREATE TABLE IF NOT EXISTS "orders" (
          "id" BIGINT NOT NULL,
          "mobile" VARCHAR,
          "amount" DECIMAL(14,2) NOT NULL,
          "revenue" DECIMAL(38,8),
          "paid" BOOLEAN,
          "at" TIMESTAMP,
          "customers_mobile" VARCHAR,
          PRIMARY KEY ("id")
        )
        """;

    private protected override string CreateStaging => """
        CREATE TABLE "orders" (
          "id" BIGINT NOT NULL,
          "mobile" VARCHAR,
          "amount" DECIMAL(14,2) NOT NULL,
          "revenue" DECIMAL(38,8),
          "paid" BOOLEAN,
          "at" TIMESTAMP,
          "customers_mobile" VARCHAR
        )
        """;

    private protected override string Changes => """
        ALTER TABLE "orders" ADD COLUMN "note" VARCHAR
        ALTER TABLE "orders" RENAME TO "old orders"
        DROP TABLE IF EXISTS "orders"
        CREATE INDEX IF NOT EXISTS "orders_idx" ON "orders" ("mobile", "at")
        DELETE FROM "orders"
        """;

    private protected override string Insert => """
        INSERT INTO "orders" ("id", "mobile", "amount", "paid", "at")
        VALUES (CAST($1 AS BIGINT), CAST($2 AS VARCHAR), CAST($3 AS DECIMAL(4,2)), NULL, CAST($4 AS TIMESTAMP))
        7
        +91 'x'
        -12.05
        1969-12-31 23:59:59.999999
        """;

    private protected override string Upsert => """
        MERGE INTO "orders"
        USING "orders__staging" ON "orders"."id" = "orders__staging"."id"
        WHEN MATCHED THEN UPDATE SET
          "mobile" = "orders__staging"."mobile",
          "amount" = "orders__staging"."amount"
        WHEN NOT MATCHED THEN INSERT ("id", "mobile", "amount")
        VALUES ("orders__staging"."id", "orders__staging"."mobile", "orders__staging"."amount")
        """;

    private protected override string UpsertOfKeyOnly => """
        MERGE INTO "orders"
        USING "orders__staging" ON "orders"."id" = "orders__staging"."id"
        WHEN NOT MATCHED THEN INSERT ("id")
        VALUES ("orders__staging"."id")
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
          strftime("orders"."at", '%Y-%m') AS "month",
          coalesce("customers"."name", CAST($1 AS VARCHAR)) AS "name",
          sum("orders"."amount") AS "revenue",
          count(*) AS "orders",
          count(DISTINCT "orders"."mobile") AS "customers",
          max("orders"."at") AS "last"
        FROM "orders"
        LEFT JOIN "customers" ON "customers"."mobile" = "orders"."mobile"
        WHERE "orders"."amount" > CAST($2 AS DECIMAL(4,2))
          AND "orders"."at" >= CAST($3 AS TIMESTAMP)
          AND "orders"."paid" = $4
        GROUP BY 1, 2
        HAVING count(*) > CAST($5 AS BIGINT)
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
          strftime("orders"."at", '%Y-%m') AS "month",
          coalesce("customers"."name", 'O''Neil \ 100%') AS "name",
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
          CAST($1 AS BIGINT) AS "n"
        FROM "rows"
        """;

    private protected override string Numbers => """
          CAST("n" AS HUGEINT) + "m" AS "1",
          CAST(CAST("n" AS HUGEINT) * 2 AS DECIMAL(38,2)) - "rate" AS "2",
          CAST("price" AS DECIMAL(38,4)) * "rate" AS "3",
          -"price" AS "4",
          "n" % 3 AS "5",
          CAST("price" AS DECIMAL(38,4)) % CAST("rate" AS DECIMAL(38,4)) AS "6",
          abs("rate") AS "7",
          CAST(sign("price") AS BIGINT) AS "8",
          CAST("n" AS DECIMAL(21,2)) AS "9",
          "price" > "rate" AS "10",
          "rate" > 1.25 AS "11",
          CASE WHEN "rate" IS NOT NULL THEN TRUE END AS "12",
          "rate" IN (1.50, NULL) AS "13",
          CASE WHEN CAST("n" AS DECIMAL(21,2)) IS NOT NULL AND "rate" IS NOT NULL THEN least(CAST("n" AS DECIMAL(21,2)), "rate") END AS "14",
          coalesce("rate", CAST("n" AS DECIMAL(21,2)), 0.00) AS "15",
          CASE WHEN "n" > 1 THEN 'many' WHEN "f" THEN 'one' END AS "16",
          NOT ("f" OR "n" IS NULL) AND "s" <> '' AS "17",
          "n" >= 1 AND "n" <= 99999999999999999999 AS "18"
        """;

    private protected override string Texts => """
          "s" || '-' || "r" AS "1",
          length("s") AS "2",
          contains("s", '%') AS "3",
          starts_with("s", "r") AS "4",
          replace("s", 'a', "r") AS "5",
          substring("s", 1, 2) AS "6",
          substring("s", 3) AS "7",
          "s" < "r" AS "8",
          'x' < CASE WHEN "f" THEN 'a' ELSE 'b' END AS "9",
          CASE WHEN "s" IS NOT NULL AND "r" IS NOT NULL THEN greatest("s", "r") END AS "10"
        """;

    private protected override string Moments => """
          year("d") AS "1",
          quarter("t") AS "2",
          month("d") AS "3",
          day("d") AS "4",
          isodow("t") AS "5",
          dayname("t") AS "6",
          monthname("d") AS "7",
          hour("t") AS "8",
          minute("t") AS "9",
          CAST("t" AS DATE) AS "10",
          strftime("t", '%Y-%m') AS "11",
          strftime("d", '%Y') || '-Q' || quarter("d") AS "12",
          "d" + -7 + 2144550750 - 2144550750 - 2146764484 + 2146764484 AS "13",
          "t" + to_months(CAST("n" AS INTEGER)) + to_microseconds(8969969736054775807) - to_microseconds(8969969736054775807) - to_microseconds(9161236425600000000) + to_microseconds(9161236425600000000) AS "14",
          "t" + to_microseconds(30 * 1000000) + to_microseconds(8969969736054775807) - to_microseconds(8969969736054775807) - to_microseconds(9161236425600000000) + to_microseconds(9161236425600000000) AS "15",
          "e" - "d" AS "16",
          (epoch_us("u") - epoch_us("t")) // 3600000000 AS "17",
          CASE
            WHEN (year("u") - year("t")) * 12 + month("u") - month("t") > 0 AND "u" - date_trunc('month', "u") < "t" - date_trunc('month', "t") THEN (year("u") - year("t")) * 12 + month("u") - month("t") - 1
            WHEN (year("u") - year("t")) * 12 + month("u") - month("t") < 0 AND "u" - date_trunc('month', "u") > "t" - date_trunc('month', "t") THEN (year("u") - year("t")) * 12 + month("u") - month("t") + 1
            ELSE (year("u") - year("t")) * 12 + month("u") - month("t")
          END AS "18",
          CAST("d" AS TIMESTAMP) < TIMESTAMP '2024-01-31 18:30:00.5' AS "19"
        """;

    private protected override string HostileTexts => """
          'Robert''); DROP TABLE orders;-- "`' AS "quotes",
          '\''; %_ \' AS "backslash",
          '😀 é
        ' AS "emoji"
        """;
}
