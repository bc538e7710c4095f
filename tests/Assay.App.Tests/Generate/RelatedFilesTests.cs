using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Assay.App.Generate;
using Assay.App.Tests.EndToEnd;

namespace Assay.App.Tests.Generate;

/// <summary>Two files made of one description: customers, and the orders that refer to them.</summary>
public sealed class RelatedFilesTests
{
    private static GeneratePlan Plan { get; } = GeneratePlan.Load(Path.Combine(Generated.Root, "pipelines", "orders", "generate.yaml"));

    [Theory]
    [InlineData("customers", "customers.csv")]
    [InlineData("orders", "orders.xml")]
    public async Task Bytes_WhenSeedIs42_ThenAreThoseOfTheGoldenFile(string dataset, string golden)
    {
        (string text, _) = await RunAsync(dataset, Options(customers: 12, orders: 10) with { ErrorRate = 0.5 });
        GoldenFile.Check(Path.Combine("generate", golden), text);
    }

    [Fact]
    public async Task Customers_WhenClean_ThenHaveNumbersOfTheirOwnAndRegionsInTurn()
    {
        string[][] rows = await CustomersAsync(Options(customers: 60_000));
        Assert.Equal(60_000, rows.Select(row => row[2]).Distinct().Count());
        Assert.All(rows, row => Assert.Matches("^[6-9][0-9]{9}$", row[2]));
        Assert.Equal(["CUST-001", "CUST-999", "CUST-1000"], new[] { rows[0][0], rows[998][0], rows[999][0] });
        Assert.Equal(["North", "South", "East", "West", "Central", "Northeast"], rows.Select(row => row[3]).Distinct());
        Assert.All(rows.GroupBy(row => row[3]), region => Assert.Equal(10_000, region.Count()));
        Assert.Equal(400, rows.Select(row => row[1]).Distinct().Count());

        // Shuffled, not counted: each tenth of the range gets its share.
        double sigma = Math.Sqrt(60_000 * 0.1 * 0.9);
        foreach (int tenth in Enumerable.Range(0, 10))
        {
            long from = 6_000_000_000 + (tenth * 390_000_000L);
            int count = rows.Count(row => long.Parse(row[2], CultureInfo.InvariantCulture) is var mobile && mobile >= from && mobile < from + 390_000_000L);
            Assert.InRange(count, 6_000 - (4 * sigma), 6_000 + (4 * sigma));
        }
    }

    [Fact]
    public async Task Orders_WhenClean_ThenReferToCustomersAndRepeatThemselvesOnEachLine()
    {
        GenerateOptions options = Options(customers: 300, orders: 3_000);
        string[] mobiles = [.. (await CustomersAsync(options)).Select(row => row[2])];
        List<IGrouping<string, string[]>> orders = [.. (await OrdersAsync(options)).GroupBy(line => line[0])];
        Assert.Equal(3_000, orders.Count);
        Assert.Equal(Enumerable.Range(1, 3_000).Select(row => $"ORD-2025-{row:D4}"), orders.Select(order => order.Key));
        Assert.Equal([1, 2, 3, 4, 5], orders.Select(order => order.Count()).Distinct().Order());
        foreach (IGrouping<string, string[]> order in orders)
        {
            string[] first = order.First();
            Assert.All(order, line => Assert.Equal((first[1], first[2], first[5]), (line[1], line[2], line[5])));
            Assert.Equal(order.Count(), order.Select(line => line[3]).Distinct().Count());
            long least = order.Sum(line => PriceRange(line[3]).Least * Number(line[4]));
            long most = order.Sum(line => PriceRange(line[3]).Most * Number(line[4]));
            Assert.InRange(Number(first[5]), least, most);
            DateTime at = DateTime.ParseExact(first[2], "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
            Assert.InRange(at, new DateTime(2025, 7, 9), new DateTime(2025, 11, 5, 23, 59, 59));
        }

        // Every customer has an order, some have many more than others, and nobody else has any.
        Dictionary<string, int> counts = orders.GroupBy(order => order.First()[1]).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(mobiles.Order(), counts.Keys.Order());
        Assert.InRange(counts.Values.Max(), 20, 60);
        Assert.InRange(orders.Average(order => order.Count()), 2.4, 2.6);
    }

    [Fact]
    public async Task Orders_WhenMoreAreMade_ThenTheFewerAreTheirBeginningAndCustomersStay()
    {
        GenerateOptions few = Options(customers: 50, orders: 400) with { ErrorRate = null };
        GenerateOptions many = Options(customers: 50, orders: 900) with { ErrorRate = null };
        string fewer = (await RunAsync("orders", few)).Text;
        string more = (await RunAsync("orders", many)).Text;
        Assert.StartsWith(fewer[..fewer.IndexOf("</orders>", StringComparison.Ordinal)], more, StringComparison.Ordinal);
        Assert.Equal((await RunAsync("customers", few)).Text, (await RunAsync("customers", many)).Text);
    }

    [Fact]
    public async Task Orders_WhenThereAreMoreCustomers_ThenChangeOnlyWhereTheyReferToANewOne()
    {
        GenerateOptions few = Options(customers: 100, orders: 2_000);
        GenerateOptions many = Options(customers: 110, orders: 2_000);
        string[] added = [.. (await CustomersAsync(many)).Skip(100).Select(row => row[2])];
        List<string[]> before = await OrdersAsync(few);
        List<string[]> after = await OrdersAsync(many);
        Assert.Equal(before.Count, after.Count);
        int moved = 0;
        int atAll = 0;
        foreach ((string[] old, string[] now) in before.Zip(after))
        {
            Assert.Equal([old[0], .. old[2..]], [now[0], .. now[2..]]);
            if (old[1] != now[1])
            {
                atAll++;
                moved += added.Contains(now[1]) ? 1 : 0;
            }
        }

        // A draw that hit a new customer and was not taken, as customers weigh less than others, is drawn again.
        Assert.InRange(atAll, 100, before.Count / 4);
        Assert.InRange(moved, atAll * 0.4, atAll);
    }

    [Fact]
    public async Task Bytes_WhenMadeByOneThreadOrMore_ThenAreTheSame()
    {
        GenerateOptions options = Options(customers: 500, orders: 20_000) with { ErrorRate = 0.2 };
        (string one, GenerateResult first) = await RunAsync("orders", options with { Threads = 1 });
        (string three, GenerateResult second) = await RunAsync("orders", options with { Threads = 3 });
        Assert.Equal(one, three);
        Assert.Equal(first.Errors, second.Errors);
        Assert.Equal((first.Rows, first.Records, first.RowsWithErrors), (second.Rows, second.Records, second.RowsWithErrors));
    }

    [Fact]
    public async Task Errors_WhenOrdersAreSpoiled_ThenTheCountsAreWhatStandsInTheFile()
    {
        GenerateOptions clean = Options(customers: 500, orders: 20_000);
        List<string[]> good = await OrdersAsync(clean);
        (string text, GenerateResult result) = await RunAsync("orders", clean with { ErrorRate = 0.2 });
        Dictionary<string, long> counts = result.Errors.ToDictionary(error => error.Kind, error => error.Rows);
        Assert.Equal(20_000, result.Rows);
        Assert.Equal(good.Count + counts["line_twice"], result.Records);

        // Walk both side by side; a line that was written twice has its like right before it.
        int at = 0;
        long twice = 0;
        var kinds = new Dictionary<string, HashSet<string>>();
        int bad = 0;
        List<string[]> lines = Lines(text);
        foreach (string[] expected in good)
        {
            string[] line = lines[at++];
            bool again = at < lines.Count && lines[at].SequenceEqual(line);
            at += again ? 1 : 0;
            twice += again ? 1 : 0;
            string[] found = [.. Differences(expected, line)];
            bad += again || found.Length > 0 ? 1 : 0;
            foreach (string kind in found)
            {
                bool isOfLine = kind is "total_disagrees" or "no_units" or "units_in_words";
                (kinds.TryGetValue(kind, out HashSet<string>? rows) ? rows : kinds[kind] = []).Add(isOfLine ? $"{at}" : line[0]);
            }
        }

        Assert.Equal(lines.Count, at);
        Assert.Equal(twice, counts["line_twice"]);
        Assert.Equal(Plan.Dataset("orders").ErrorKinds.Order(), kinds.Keys.Append("line_twice").Order());
        Assert.All(kinds, kind => Assert.Equal(counts[kind.Key], kind.Value.Count));
        double sigma = Math.Sqrt(good.Count * 0.2 * 0.8 * 3);
        Assert.InRange(bad, (good.Count * 0.2) - (3 * sigma), (good.Count * 0.2) + (3 * sigma));
    }

    [Fact]
    public async Task Errors_WhenCustomersAreSpoiled_ThenTheCountsAreWhatStandsInTheFile()
    {
        (string text, GenerateResult result) = await RunAsync("customers", Options(customers: 20_000) with { ErrorRate = 0.3 });
        string[][] rows = [.. text.Split('\n')[1..^1].Select(line => line.Split(','))];
        Dictionary<string, long> counts = result.Errors.ToDictionary(error => error.Kind, error => error.Rows);
        string[] regions = ["North", "South", "East", "West", "Central", "Northeast"];
        Assert.Equal(20_000 + counts["customer_twice"], rows.Length);
        Assert.Equal(result.Records, rows.Length);
        Assert.Equal(counts["customer_twice"], rows.Zip(rows[1..]).Count(pair => pair.First[0] == pair.Second[0] && pair.First[2] == pair.Second[2]));
        Assert.Equal(counts["no_mobile"], rows.Count(row => row[2].Length == 0));
        Assert.Equal(counts["mobile_too_short"], rows.Count(row => row[2].Length == 9));
        Assert.Equal(counts["mobile_of_no_network"], rows.Count(row => row[2].Length == 10 && row[2][0] == '1'));
        Assert.Equal(counts["mobile_with_leading_zero"], rows.Count(row => row[2].Length == 11 && row[2][0] == '0'));
        Assert.Equal(counts["misspelled_region"], rows.Count(row => !regions.Contains(row[3])));
        Assert.Equal(counts["mobile_with_country_code"], rows.Count(row => row[2].StartsWith("+91", StringComparison.Ordinal) || row[2].Length == 12 && row[2].All(char.IsDigit)));
        Assert.Equal(
            counts["mobile_with_separators"],
            rows.Count(row => row[2].Length is 11 or 12 && row[2][0] != '0' && row[2].AsSpan().ContainsAny(' ', '-')));
        Assert.Equal(counts["untidy_name"], rows.Count(row => row[1] != CultureInfo.InvariantCulture.TextInfo.ToTitleCase(row[1].ToLowerInvariant()).Trim()));
        Assert.InRange(result.RowsWithErrors, 6_000 - (3 * 65), 6_000 + (3 * 65));
    }

    [Fact]
    public async Task Parts_WhenOrdersAreSplit_ThenAreAllOfThemByTheirDays()
    {
        GenerateOptions options = Options(customers: 50, orders: 2_000) with { ErrorRate = null };
        (string whole, GenerateResult all) = await RunAsync("orders", options);
        var lines = new List<string[]>();
        long rows = 0;
        for (int part = 0; part < 10; part++)
        {
            (string text, GenerateResult result) = await RunAsync("orders", options with { Part = new GeneratePart(part, 10), ErrorRate = 0 });
            DateTime from = new DateTime(2025, 7, 9).AddDays(12 * part);
            Assert.All(Lines(text), line => Assert.InRange(
                DateTime.ParseExact(line[2], "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture), from, from.AddDays(12).AddSeconds(-1)));
            (string dirty, result) = await RunAsync("orders", options with { Part = new GeneratePart(part, 10) });
            lines.AddRange(Lines(dirty));
            rows += result.Rows;
        }

        Assert.Equal((2_000, 2_000), (all.Rows, rows));
        Assert.Equal(
            Lines(whole).Select(line => string.Join('|', line)).Order(StringComparer.Ordinal),
            lines.Select(line => string.Join('|', line)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Page_WhenItsSecondExampleIsRun_ThenMakesWhatItSays()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Generated.Root, "docs", "generate.md"));
        string example = page.Split("```yaml\n").Single(part => part.StartsWith("generate: shop", StringComparison.Ordinal)).Split("```")[0];
        GeneratePlan plan = GeneratePlan.Parse(example, "docs/generate.md");
        using var output = new MemoryStream();
        GenerateResult result = await DataGenerator.RunAsync(
            plan, "orders", output, new GenerateOptions { ErrorRate = 0 }, progress: null, CancellationToken.None);
        List<string[]> lines = Lines(Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal((70, lines.Count), (result.Rows, result.Records));
        Assert.Equal(
            ["order_id", "mobile_number", "ordered_at", "sku_id", "sku_count", "total_amount"], plan.Dataset("orders").Columns);
        Assert.Equal(120, plan.Dataset("orders").SplitDays);
        Assert.Equal(20, lines.Select(line => line[1]).Distinct().Count());

        // An order of a single line says what its SKU costs, and all others must agree.
        Dictionary<string, long> prices = lines.GroupBy(line => line[0]).Where(order => order.Count() == 1).Select(order => order.First())
            .GroupBy(line => line[3]).ToDictionary(sku => sku.Key, sku => sku.Select(line => Number(line[5]) / Number(line[4])).Distinct().Single());
        Assert.Equal(3, prices.Count);
        Assert.All(lines.GroupBy(line => line[0]), order => Assert.Equal(
            order.Sum(line => prices[line[3]] * Number(line[4])), Number(order.First()[5])));
    }

    private static GenerateOptions Options(long customers = 20, long orders = 70) => new()
    {
        DatasetRows = new Dictionary<string, long> { ["customers"] = customers, ["orders"] = orders },
        ErrorRate = 0,
    };

    private static async Task<(string Text, GenerateResult Result)> RunAsync(string dataset, GenerateOptions options)
    {
        using var output = new MemoryStream();
        GenerateResult result = await DataGenerator.RunAsync(Plan, dataset, output, options, progress: null, CancellationToken.None);
        Assert.Equal(output.Length, result.Bytes);
        return (Encoding.UTF8.GetString(output.ToArray()), result);
    }

    private static async Task<string[][]> CustomersAsync(GenerateOptions options) =>
        [.. (await RunAsync("customers", options)).Text.Split('\n')[1..^1].Select(line => line.Split(','))];

    private static async Task<List<string[]>> OrdersAsync(GenerateOptions options) => Lines((await RunAsync("orders", options)).Text);

    private static List<string[]> Lines(string xml) =>
        [.. XDocument.Parse(xml).Root!.Elements("order").Select(order => order.Elements().Select(element => element.Value).ToArray())];

    private static IEnumerable<string> Differences(string[] good, string[] bad)
    {
        Assert.Equal((good[0], good[3]), (bad[0], bad[3]));
        if (good[1] != bad[1])
        {
            yield return bad[1].Length == 0 ? "no_mobile" : bad[1].EndsWith(good[1], StringComparison.Ordinal) ? "mobile_with_country_code" : "mobile_of_nobody";
        }

        if (good[2] != bad[2])
        {
            yield return bad[2] == good[2].Replace('T', ' ') ? "other_date_format" : "bad_date";
        }

        if (good[4] != bad[4])
        {
            yield return bad[4] == good[4] + " units" ? "units_in_words" : "no_units";
        }

        if (good[5] != bad[5])
        {
            yield return bad[5] == "0" || bad[5] == "-" + good[5] ? "no_amount"
                : bad[5].All(char.IsDigit) ? "total_disagrees"
                : "amount_in_words";
        }
    }

    private static (long Least, long Most) PriceRange(string sku) => sku[4] switch
    {
        '1' => (5_000, 50_000),
        '2' => (500, 5_000),
        '3' => (200, 1_500),
        _ => (1_000, 15_000),
    };

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
