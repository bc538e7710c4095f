using System.Globalization;
using Assay.App.Generate;

namespace Assay.App.Tests.Generate;

/// <summary>What each word of a generation file does.</summary>
public sealed class VocabularyTests
{
    private static string[] Names { get; } = ["Asha", "Ravi"];

    [Fact]
    public async Task Template_WhenItHasRowsNumbersAndNames_ThenWritesThem()
    {
        string[] lines = await Generated.LinesAsync(
            """
            values:
              first: { choice: [Asha, Ravi] }
              count: { integer: [7, 7] }
            columns:
              id: { template: "{{{row}}} {row+1:3} {row-2} {count:4} {count} {first} {5..5:2} {-3..-3:2}" }
            """,
            3);
        Assert.Equal(3, lines.Length);
        for (int row = 0; row < 3; row++)
        {
            string[] parts = lines[row].Split(' ');
            Assert.Equal(["{" + row + "}", $"00{row + 1}", (row - 2).ToString(CultureInfo.InvariantCulture), "0007", "7"], parts[..5]);
            Assert.Contains(parts[5], Names);
            Assert.Equal(["05", "-03"], parts[6..]);
        }
    }

    [Theory]
    [InlineData("{ decimal: [1.5, 1.5] }", "1.50")]
    [InlineData("{ decimal: [1.5, 1.5], scale: 0 }", "2")]
    [InlineData("{ decimal: [2.5, 2.5], scale: 0 }", "2")]
    [InlineData("{ decimal: [2, 2], scale: [1, 3] }", "2.0")]
    [InlineData("{ decimal: [2, 2], scale: [0, 3] }", "2")]
    [InlineData("{ decimal: [0.125, 0.125], scale: [1, 3] }", "0.125")]
    [InlineData("{ decimal: [-0.05, -0.05] }", "-0.05")]
    [InlineData("{ decimal: -0.055 }", "-0.06")]
    [InlineData("{ decimal: 0.145, times: 3 }", "0.44")]
    [InlineData("{ decimal: 0.125, times: [3, 0.2] }", "0.08")]
    [InlineData("{ integer: 5, times: 1.4 }", "7")]
    [InlineData("{ integer: 29, times: 0.1 }", "2")]
    [InlineData("{ integer: 100, times: 0.29 }", "29")]
    [InlineData("{ integer: -29, times: 0.1 }", "-2")]
    [InlineData("{ integer: 3, times: 0.1, at_least: 1 }", "1")]
    [InlineData("{ integer: 30, at_most: 12 }", "12")]
    [InlineData("{ integer: [123456789012345678, 123456789012345678] }", "123456789012345678")]
    [InlineData("text", "text")]
    [InlineData("", "")]
    [InlineData("{ choice: [x] }", "x")]
    [InlineData("{ cases: [{ template: a }] }", "a")]
    public async Task Value_WhenItCanOnlyBeOne_ThenIsThat(string value, string expected)
    {
        string[] lines = await Generated.LinesAsync($"columns:\n  value: {value}\n  after: end", 2);
        Assert.Equal([$"{expected},end", $"{expected},end"], lines);
    }

    [Fact]
    public async Task Integer_WhenItHasARange_ThenAllOfItComesEvenly()
    {
        string[] lines = await Generated.LinesAsync("columns:\n  value: { integer: [-2, 2] }", 50_000);
        double sigma = Math.Sqrt(50_000 * 0.2 * 0.8);
        foreach (string value in (string[])["-2", "-1", "0", "1", "2"])
        {
            Assert.InRange(lines.Count(line => line == value), 10_000 - (3 * sigma), 10_000 + (3 * sigma));
        }
    }

    [Fact]
    public async Task Decimal_WhenItHasARange_ThenIsRoundedFromAFinerDraw()
    {
        // The ends stand for half as wide a stretch as 0.1.
        string[] lines = await Generated.LinesAsync("columns:\n  value: { decimal: [0, 0.2], scale: 1 }", 50_000);
        double sigma = Math.Sqrt(50_000 * 0.25);
        Assert.Equal(["0.0", "0.1", "0.2"], lines.Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(lines.Count(line => line == "0.1"), 25_000 - (3 * sigma), 25_000 + (3 * sigma));
    }

    [Fact]
    public async Task Pick_WhenFieldsAreTied_ThenStayTogether()
    {
        string[] lines = await Generated.LinesAsync(
            """
            tables:
              skus:
                - { name: pen, low: 1, high: 2, weight: 3 }
                - { name: desk, low: 500.5, high: 900 }
            values:
              sku: { pick: skus }
            columns:
              name: { field: sku.name }
              price: { decimal: [sku.low, sku.high] }
              low: { field: sku.low }
              label: { template: "<{sku.name}>" }
            """,
            20_000);
        foreach (string line in lines)
        {
            string[] fields = line.Split(',');
            decimal price = decimal.Parse(fields[1], CultureInfo.InvariantCulture);
            (decimal low, decimal high, string written) = fields[0] == "pen" ? (1m, 2m, "1") : (500.5m, 900m, "500.5");
            Assert.InRange(price, low, high);
            Assert.Equal(written, fields[2]);
            Assert.Equal($"<{fields[0]}>", fields[3]);
        }

        double sigma = Math.Sqrt(20_000 * 0.75 * 0.25);
        Assert.InRange(lines.Count(line => line.StartsWith("pen", StringComparison.Ordinal)), 15_000 - (3 * sigma), 15_000 + (3 * sigma));
    }

    [Fact]
    public async Task Cases_WhenConditionsHold_ThenTheFirstIsTaken()
    {
        string[] lines = await Generated.LinesAsync(
            """
            columns:
              count: { integer: [1, 10] }
              region: { choice: [{ value: North, variants: [N, n] }, South] }
              size:
                cases:
                  - { when: [count >= 8, region = North], template: "big {region}" }
                  - { when: "count > 7.5", choice: [big] }
                  - { when: count != 3, integer: [0, 0] }
                  - three
              twice: { integer: fee, times: 2 }
              fee:
                cases:
                  - { when: "region != North", decimal: 1.5, scale: 1 }
                  - { integer: 4 }
            """,
            2_000);
        foreach (string line in lines)
        {
            string[] fields = line.Split(',');
            int count = int.Parse(fields[0], CultureInfo.InvariantCulture);
            bool north = fields[1] is "N" or "n";
            string size = count >= 8 ? north ? $"big {fields[1]}" : "big" : count != 3 ? "0" : "three";
            Assert.Equal([size, north ? "8" : "3", north ? "4" : "1.5"], fields[2..]);
        }
    }

    [Fact]
    public async Task Timestamp_WhenItCountsFromAnother_ThenComesAfterIt()
    {
        string[] lines = await Generated.LinesAsync(
            """
            columns:
              ordered: { timestamp: { days: [0, 365], hours: [0, 23], minutes: [0, 59], seconds: [0, 59] }, formats: yyyy-MM-ddTHH:mm:ss }
              shipped: { timestamp: { from: ordered, days: [1, 3] }, formats: yyyy-MM-ddTHH:mm:ss }
              before: { timestamp: { days: -1 }, formats: "d/M/yyyy H 'h' MMM" }
              month: { integer: 1, times: { month: ordered, factors: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] } }
            """,
            2_000);
        foreach (string line in lines)
        {
            string[] fields = line.Split(',');
            DateTime ordered = DateTime.ParseExact(fields[0], "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
            DateTime shipped = DateTime.ParseExact(fields[1], "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
            Assert.Contains(shipped - ordered, (TimeSpan[])[TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(3)]);
            Assert.Equal("31/12/2023 0 h Dec", fields[2]);
            Assert.Equal(ordered.Month.ToString(CultureInfo.InvariantCulture), fields[3]);
        }

        Assert.True(lines.Select(line => line.Split(',')[0]).Distinct().Count() > 1_900);
    }

    [Fact]
    public async Task Per_WhenTwoFilesDescribeAnEntityAlike_ThenItsValuesAreTheSame()
    {
        const string Mobile = "template: \"9{3..9}{0..99999999:8}\"";
        string[] customers = await Generated.LinesAsync(
            $"columns:\n  customer_id: {{ template: \"CUST-{{row+1:3}}\" }}\n  mobile_number: {{ {Mobile} }}", 20, seed: 3);
        string[] orders = await Generated.LinesAsync(
            $$"""
            values:
              customer: { integer: [0, 19] }
            columns:
              order_id: { template: "ORD-2025-{row+1:4}" }
              customer_id: { template: "CUST-{row+1:3}", per: customer }
              mobile_number: { {{Mobile}}, per: customer }
            """,
            500,
            seed: 3);
        Assert.Equal(20, customers.Distinct().Count());
        Assert.All(orders, order => Assert.Contains(order[(order.IndexOf(',', StringComparison.Ordinal) + 1)..], customers));
        Assert.Equal(20, orders.Select(order => order.Split(',')[1]).Distinct().Count());
    }

    [Fact]
    public async Task Blank_WhenItHasAShare_ThenThatManyAreEmpty()
    {
        string[] lines = await Generated.LinesAsync("columns:\n  value: { integer: [1, 9], blank: 0.2 }\n  twice: { integer: value, times: 2 }", 20_000);
        double sigma = Math.Sqrt(20_000 * 0.2 * 0.8);
        Assert.InRange(lines.Count(line => line.StartsWith(',')), 4_000 - (3 * sigma), 4_000 + (3 * sigma));
        Assert.All(lines, line => Assert.Matches("^[1-9]?,[0-9]+$", line));
    }

    [Fact]
    public async Task Field_WhenItHoldsTheDelimiterOrAQuote_ThenIsQuoted()
    {
        string[] lines = await Generated.LinesAsync(
            """
            delimiter: ";"
            columns:
              plain: "a,b"
              delimiter: "a;b"
              quotes: { template: "say \"{row}\"" }
              "na;me": 'x'
            """,
            2);
        Assert.Equal(["a,b;\"a;b\";\"say \"\"0\"\"\";x", "a,b;\"a;b\";\"say \"\"1\"\"\";x"], lines);
    }

    [Fact]
    public async Task Columns_WhenTheirOrderChanges_ThenTheirValuesStay()
    {
        string[] one = await Generated.LinesAsync("columns:\n  a: { integer: [1, 1000] }\n  b: { integer: [1, 1000] }", 50);
        string[] two = await Generated.LinesAsync("columns:\n  b: { integer: [1, 1000] }\n  c: x\n  a: { integer: [1, 1000] }", 50);
        Assert.Equal(
            one.Select(line => line.Split(',') is [string a, string b] ? $"{b},x,{a}" : ""),
            two);
        Assert.NotEqual(one.Select(line => line.Split(',')[0]), one.Select(line => line.Split(',')[1]));
    }

    [Fact]
    public async Task Errors_WhenWeightsDiffer_ThenKindsComeByWeight()
    {
        string[] lines = await Generated.LinesAsync(
            """
            columns: { value: good, other: { integer: [1, 9] } }
            errors:
              rate: 0.5
              kinds:
                often: { weight: 3, set: { value: often } }
                seldom: { weight: 1, set: { value: { template: "was {value} {other}" }, other: "" } }
            """,
            40_000);
        double sigma = Math.Sqrt(40_000 * 0.375 * 0.625);
        Assert.InRange(lines.Count(line => line.StartsWith("often,", StringComparison.Ordinal)), 15_000 - (3 * sigma), 15_000 + (3 * sigma));
        Assert.InRange(lines.Count(line => line.StartsWith("was good", StringComparison.Ordinal)), 5_000 - (3 * sigma), 5_000 + (3 * sigma));
        Assert.All(lines, line => Assert.Matches("^(good,[1-9]|often,[1-9]|was good [1-9],)$", line));
    }

    [Fact]
    public async Task Documentation_WhenItsExampleIsRun_ThenMakesWhatItSays()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Generated.Root, "docs", "generate.md"));
        const string Fence = "```yaml\n";
        string example = page[(page.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length)..];
        GeneratePlan plan = GeneratePlan.Parse(example[..example.IndexOf("```", StringComparison.Ordinal)], "docs/generate.md");
        (string[][] rows, GenerateResult result) = await Generated.RowsAsync(plan, new GenerateOptions { Rows = 20_000, Seed = 1 });
        foreach (string[] row in rows.Where(row => !row[6].StartsWith('-')))
        {
            Assert.Equal(
                int.Parse(row[4], CultureInfo.InvariantCulture) * decimal.Parse(row[5], CultureInfo.InvariantCulture),
                decimal.Parse(row[6], CultureInfo.InvariantCulture));
        }

        Assert.Equal("ORD-2025-0001", rows[0][0]);
        Assert.Equal(21, rows.Select(row => row[1]).Distinct().Count());
        Assert.Equal(["no_mobile", "negative_amount", "no_date"], plan.Dataset(null).ErrorKinds);
        Assert.Equal(rows.Count(row => row[1].Length == 0), result.Errors[0].Rows);
        Assert.Equal(rows.Count(row => row[6].StartsWith('-')), result.Errors[1].Rows);
        Assert.Equal(rows.Count(row => row[3].Length == 0), result.Errors[2].Rows);
    }
}
