namespace Assay.Sql.Tests;

public sealed class MySqlDialectTests : DialectContractTests
{
    private protected override SqlDialect Dialect => MySqlDialect.MariaDb;

    private protected override string CreateTable => """
        CREATE TABLE IF NOT EXISTS `orders` (
          `id` bigint NOT NULL,
          `mobile` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
          `amount` decimal(14,2) NOT NULL,
          `revenue` decimal(38,8),
          `paid` boolean,
          `at` datetime(6),
          `customers_mobile` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
          PRIMARY KEY (`id`),
          FOREIGN KEY (`customers_mobile`) REFERENCES `customers` (`mobile`) ON DELETE SET NULL
        ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
        """;

    private protected override string CreateStaging => """
        CREATE TABLE `orders` (
          `id` bigint NOT NULL,
          `mobile` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
          `amount` decimal(14,2) NOT NULL,
          `revenue` decimal(38,8),
          `paid` boolean,
          `at` datetime(6),
          `customers_mobile` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
        ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
        """;

    private protected override string Changes => """
        ALTER TABLE `orders` ADD COLUMN `note` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
        ALTER TABLE `orders` RENAME TO `old orders`
        DROP TABLE IF EXISTS `orders`
        CREATE INDEX IF NOT EXISTS `orders_idx` ON `orders` (`mobile`(255), `at`)
        DELETE FROM `orders`
        """;

    private protected override string Insert => """
        INSERT INTO `orders` (`id`, `mobile`, `amount`, `paid`, `at`)
        VALUES (@p1, @p2, CAST(@p3 AS DECIMAL(4,2)), NULL, CAST(@p4 AS DATETIME(6)))
        7
        +91 'x'
        -12.05
        1969-12-31 23:59:59.999999
        """;

    private protected override string Upsert => """
        INSERT INTO `orders` (`id`, `mobile`, `amount`)
        SELECT `id`, `mobile`, `amount`
        FROM `orders__staging`
        ON DUPLICATE KEY UPDATE
          `mobile` = VALUES(`mobile`),
          `amount` = VALUES(`amount`)
        """;

    private protected override string UpsertOfKeyOnly => """
        INSERT INTO `orders` (`id`)
        SELECT `id`
        FROM `orders__staging`
        ON DUPLICATE KEY UPDATE
          `id` = VALUES(`id`)
        """;

    private protected override string Delete => """
        DELETE FROM `orders`
        WHERE NOT EXISTS (
            SELECT 1
            FROM `orders__staging`
            WHERE `orders__staging`.`id` = `orders`.`id`
          )
        """;

    private protected override string Update => """
        UPDATE `orders`
        SET `customers_mobile` = CASE
          WHEN EXISTS (
            SELECT 1
            FROM `customers`
            WHERE `customers`.`mobile` = `orders`.`mobile`
          ) THEN `orders`.`mobile`
        END
        WHERE `orders`.`customers_mobile` IS NULL
        """;

    private protected override string Grouped => """
        SELECT
          date_format(`orders`.`at`, '%Y-%m') AS `month`,
          coalesce(`customers`.`name`, @p1) AS `name`,
          sum(`orders`.`amount`) AS `revenue`,
          count(*) AS `orders`,
          count(DISTINCT `orders`.`mobile`) AS `customers`,
          max(`orders`.`at`) AS `last`
        FROM `orders`
        LEFT JOIN `customers` ON `customers`.`mobile` = `orders`.`mobile`
        WHERE `orders`.`amount` > CAST(@p2 AS DECIMAL(4,2))
          AND `orders`.`at` >= CAST(@p3 AS DATETIME(6))
          AND `orders`.`paid` = @p4
        GROUP BY 1, 2
        HAVING count(*) > @p5
        ORDER BY date_format(`orders`.`at`, '%Y-%m') IS NULL, 1, 4 DESC
        LIMIT 10
        O'Neil \ 100%
        12.50
        2024-01-01 00:00:00.5
        1
        3
        """;

    private protected override string GroupedScript => """
        SELECT
          date_format(`orders`.`at`, '%Y-%m') AS `month`,
          coalesce(`customers`.`name`, (_utf8mb4 X'4F274E65696C205C2031303025' COLLATE utf8mb4_nopad_bin)) AS `name`,
          sum(`orders`.`amount`) AS `revenue`,
          count(*) AS `orders`,
          count(DISTINCT `orders`.`mobile`) AS `customers`,
          max(`orders`.`at`) AS `last`
        FROM `orders`
        LEFT JOIN `customers` ON `customers`.`mobile` = `orders`.`mobile`
        WHERE `orders`.`amount` > 12.50
          AND `orders`.`at` >= TIMESTAMP '2024-01-01 00:00:00.5'
          AND `orders`.`paid` = TRUE
        GROUP BY 1, 2
        HAVING count(*) > 3
        ORDER BY date_format(`orders`.`at`, '%Y-%m') IS NULL, 1, 4 DESC
        LIMIT 10
        """;

    private protected override string Numbered => """
        SELECT
          `mobile`,
          `amount`
        FROM (
          SELECT
            `mobile`,
            `amount`,
            row_number() OVER (PARTITION BY `mobile` ORDER BY `amount` IS NULL, `amount`, `id` IS NULL, `id`) AS `place`,
            count(*) OVER (PARTITION BY `mobile`) AS `size`
          FROM `orders`
        ) AS `numbered`
        WHERE `place` = `size`
        """;

    private protected override string Explained => """
        EXPLAIN
        SELECT
          @p1 AS `n`
        FROM `rows`
        """;

    private protected override string Numbers => """
          CAST(`n` AS DECIMAL(20,0)) + `m` AS `1`,
          CAST(`n` AS DECIMAL(20,0)) * 2 - `rate` AS `2`,
          `price` * `rate` AS `3`,
          -`price` AS `4`,
          `n` % 3 AS `5`,
          `price` % `rate` + 0 AS `6`,
          abs(`rate`) AS `7`,
          sign(`price`) AS `8`,
          `n` AS `9`,
          `price` > `rate` AS `10`,
          `rate` > 1.25 AS `11`,
          CASE WHEN `rate` IS NOT NULL THEN TRUE END AS `12`,
          `rate` IN (1.50, NULL) AS `13`,
          least(`n`, `rate`) AS `14`,
          coalesce(`rate`, `n`, 0.00) AS `15`,
          CASE WHEN `n` > 1 THEN 'many' WHEN `f` THEN 'one' END AS `16`,
          NOT (`f` OR `n` IS NULL) AND `s` <> '' AS `17`,
          `n` >= 1 AND `n` <= 99999999999999999999 AS `18`
        """;

    private protected override string Texts => """
          concat(concat(`s`, '-'), `r`) AS `1`,
          char_length(`s`) AS `2`,
          instr(`s`, '%') > 0 AS `3`,
          instr(`s`, `r`) = 1 AS `4`,
          CASE WHEN `r` IS NOT NULL THEN replace(`s`, 'a', `r`) END AS `5`,
          substring(`s`, 1, 2) AS `6`,
          substring(`s`, 3) AS `7`,
          `s` < `r` AS `8`,
          'x' < CASE WHEN `f` THEN 'a' ELSE 'b' END AS `9`,
          greatest(`s`, `r`) AS `10`
        """;

    private protected override string Moments => """
          year(`d`) AS `1`,
          quarter(`t`) AS `2`,
          month(`d`) AS `3`,
          day(`d`) AS `4`,
          weekday(`t`) + 1 AS `5`,
          dayname(`t`) AS `6`,
          monthname(`d`) AS `7`,
          hour(`t`) AS `8`,
          minute(`t`) AS `9`,
          CAST(`t` AS DATE) AS `10`,
          date_format(`t`, '%Y-%m') AS `11`,
          concat(date_format(`d`, '%Y'), '-Q', quarter(`d`)) AS `12`,
          CASE
            WHEN `d` + INTERVAL (-7) DAY >= DATE '0001-01-01' THEN `d` + INTERVAL (-7) DAY
            WHEN `d` IS NOT NULL THEN CAST(9223372036854775807 + (`d` IS NOT NULL) AS DATE)
          END AS `13`,
          CASE
            WHEN `n` BETWEEN -119987 AND 119987 AND `t` + INTERVAL `n` MONTH >= DATE '0001-01-01' THEN `t` + INTERVAL `n` MONTH
            WHEN `n` IS NOT NULL AND `t` IS NOT NULL THEN CAST(9223372036854775807 + (`n` IS NOT NULL AND `t` IS NOT NULL) AS DATETIME(6))
          END AS `14`,
          CASE
            WHEN `t` + INTERVAL 30 SECOND >= DATE '0001-01-01' THEN `t` + INTERVAL 30 SECOND
            WHEN `t` IS NOT NULL THEN CAST(9223372036854775807 + (`t` IS NOT NULL) AS DATETIME(6))
          END AS `15`,
          timestampdiff(DAY, CAST(`d` AS DATETIME(6)), CAST(`e` AS DATETIME(6))) AS `16`,
          timestampdiff(HOUR, `t`, `u`) AS `17`,
          timestampdiff(MONTH, `t`, `u`) AS `18`,
          CAST(`d` AS DATETIME(6)) < TIMESTAMP '2024-01-31 18:30:00.5' AS `19`
        """;

    private protected override string HostileTexts => """
          'Robert''); DROP TABLE orders;-- "`' AS `quotes`,
          (_utf8mb4 X'5C273B20255F205C' COLLATE utf8mb4_nopad_bin) AS `backslash`,
          '😀 é
        ' AS `emoji`
        """;

    [Fact]
    public void Script_WhenATableTakesAnothersPlace_ThenBothAreRenamedAtOnce() => Assert.Equal(
        "RENAME TABLE `kpi_x` TO `old`, `kpi_x__staging` TO `kpi_x`",
        MySqlDialect.MariaDb.Script(new ExchangeTable("kpi_x", "kpi_x__staging", "old")));
}
