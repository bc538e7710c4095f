using System.Globalization;
using System.Text.RegularExpressions;
using Assay.App.Generate;

namespace Assay.App.Tests.Generate;

/// <summary>The file of the sales pipeline, against the distributions it is made after.</summary>
public sealed partial class SalesGenerationTests
{
    private const int Rows = 50_000;

    private const int Product = 1;
    private const int Category = 2;
    private const int Quantity = 3;
    private const int Price = 4;
    private const int Discount = 5;
    private const int Region = 6;
    private const int Date = 7;
    private const int Email = 8;

    [Fact]
    public async Task Bytes_WhenSeedIs42_ThenAreThoseOfTheGoldenFile()
    {
        (string text, _) = await Generated.RunAsync(Generated.Sales, new GenerateOptions { Rows = 20, Seed = 42 });
        string golden = await File.ReadAllTextAsync(
            Path.Combine(Generated.Root, "tests", "Assay.App.Tests", "Generate", "sales_20_rows_seed_42.csv"));
        Assert.Equal(golden, text);
    }

    [Fact]
    public async Task Values_WhenClean_ThenFollowTheProductTheMonthAndTheQuantity()
    {
        (string[][] rows, _) = await Generated.RowsAsync(Generated.Sales, new GenerateOptions { Rows = Rows, Seed = 42, ErrorRate = 0 });
        (string Category, double Price)[] products =
        [
            ("Electronics", 1200), ("Electronics", 800), ("Electronics", 150), ("Home Appliance", 2000), ("Home Appliance", 80),
            ("Home Appliance", 120), ("Fashion", 25), ("Fashion", 95), ("Electronics", 45), ("Home Appliance", 200),
        ];
        int[] factors = [8, 9, 10, 11, 10, 9, 8, 9, 11, 12, 14, 13];
        for (int i = 0; i < rows.Length; i++)
        {
            string[] row = rows[i];
            Assert.Matches($"^ORD-{i:D8}-[1-9][0-9]{{3}}$", row[0]);
            (string category, double basePrice) = products[ProductOf(row[Product])];
            Assert.Equal(category, row[Category]);
            Assert.InRange(Number(row[Price]), basePrice * 0.8, basePrice * 1.2);

            int quantity = int.Parse(row[Quantity], CultureInfo.InvariantCulture);
            int factor = factors[Month(row[Date]) - 1];
            Assert.Contains(quantity, Enumerable.Range(1, 20).Select(drawn => Math.Max(1, drawn * factor / 10)));

            (double least, double most) = quantity >= 10 ? (0.05, 0.30) : quantity >= 5 ? (0.02, 0.15) : (0, 0.10);
            Assert.InRange(Number(row[Discount]), least, most);
        }
    }

    [Fact]
    public async Task Rates_WhenClean_ThenAreThoseOfTheDistributions()
    {
        (string[][] rows, _) = await Generated.RowsAsync(Generated.Sales, new GenerateOptions { Rows = Rows, Seed = 42, ErrorRate = 0 });
        AssertRate(1 / 20.0, Count(rows, Product, "laptop pro"));
        AssertRate(1 / 20.0, Count(rows, Product, "Laptop Pro 15"));
        AssertRate(1 / 30.0, Count(rows, Product, "smart-phone x"));
        AssertRate(2 / 30.0, Count(rows, Product, "4k led tv"));
        AssertRate(1 / 30.0, Count(rows, Product, "4KTV"));
        AssertRate(1 / 10.0, Count(rows, Product, "cofee maker elite"));
        AssertRate(0.4, Count(rows, Category, "Home Appliance"));
        AssertRate(0.1, Count(rows, Region, "nOrth"));
        AssertRate(0.25 / 3, Count(rows, Region, "sout"));
        AssertRate(0.25 / 3, Count(rows, Region, "East"));
        AssertRate(0.2 / 3, Count(rows, Region, "wes"));
        AssertRate(2 / 7.0, Count(rows, Email, ""));
        AssertRate(1 / 7.0, Count(rows, Email, "buyer@email.com"));
        AssertRate(0.25, rows.Count(row => DatePattern().IsMatch(row[Date])));
        AssertRate(0.25, rows.Count(row => row[Date].Contains('/', StringComparison.Ordinal)));

        // 2024 has 366 days, and the file's dates are the start + 0 to 365.
        AssertRate(31 / 366.0, rows.Count(row => Month(row[Date]) == 12));
        AssertRate(29 / 366.0, rows.Count(row => Month(row[Date]) == 2));

        // E[max(1, int(U{1..20} × factor))] over the year's days, with a standard deviation of 6.4.
        double mean = rows.Average(row => Number(row[Quantity]));
        Assert.InRange(mean, 10.511 - (3 * 6.4 / Math.Sqrt(Rows)), 10.511 + (3 * 6.4 / Math.Sqrt(Rows)));
    }

    [Fact]
    public async Task ErrorRates_WhenErrorRateIs15Percent_ThenEachKindIsWrittenAtItsRate()
    {
        (string[][] rows, GenerateResult result) = await Generated.RowsAsync(
            Generated.Sales, new GenerateOptions { Rows = Rows, Seed = 42, ErrorRate = 0.15 });
        Dictionary<string, int> counts = Errors(rows);

        AssertRate(0.15 * 0.2, counts["negative_quantity"]);
        AssertRate(0.15 * 0.2, counts["invalid_discount"]);
        AssertRate(0.15 * 0.2, counts["string_quantity"]);
        AssertRate(0.15 * 0.2, counts["malformed_price"]);
        AssertRate(0.15 * 0.2 * 0.3, counts["extreme_values"]);
        AssertRate(0.15 * 0.1, counts["null_date"]);
        AssertRate(0.15 * 0.1, rows.Count(row => row[Price].Length == 0));
        AssertRate(0.15 * 0.1, rows.Count(row => row[Price].StartsWith('$')));

        // What is counted is what stands in the file.
        Assert.Equal(
            ["negative_quantity", "invalid_discount", "string_quantity", "malformed_price", "extreme_values", "null_date"],
            result.Errors.Select(error => error.Kind));
        Assert.All(result.Errors, error => Assert.Equal(counts[error.Kind], error.Rows));
        Assert.Equal(counts["rows"], result.RowsWithErrors);
        Assert.Equal(Rows, result.Rows);
    }

    [Fact]
    public async Task Errors_WhenErrorRateIsZero_ThenNoRowIsBad()
    {
        (string[][] rows, GenerateResult result) = await Generated.RowsAsync(
            Generated.Sales, new GenerateOptions { Rows = Rows, Seed = 7, ErrorRate = 0 });
        Assert.All(Errors(rows), count => Assert.Equal(0, count.Value));
        Assert.Equal(0, result.RowsWithErrors);
        Assert.All(result.Errors, error => Assert.Equal(0, error.Rows));
    }

    [Fact]
    public async Task Errors_WhenErrorRateIsOne_ThenRowsDifferFromTheCleanOnesOnlyWhereAnErrorIs()
    {
        var clean = new GenerateOptions { Rows = 2_000, Seed = 42, ErrorRate = 0 };
        (string[][] good, _) = await Generated.RowsAsync(Generated.Sales, clean);
        (string[][] bad, GenerateResult result) = await Generated.RowsAsync(Generated.Sales, clean with { ErrorRate = 1 });
        int changed = good.Zip(bad).Count(pair => !pair.First.SequenceEqual(pair.Second));
        Assert.Equal(result.RowsWithErrors, changed);
        Assert.All(good.Zip(bad), pair => Assert.Equal(
            pair.First.Where((_, column) => column is not (Quantity or Price or Discount or Date)),
            pair.Second.Where((_, column) => column is not (Quantity or Price or Discount or Date))));
        Assert.All(
            good.Zip(bad).Where(pair => pair.Second[Quantity].EndsWith(" units", StringComparison.Ordinal)),
            pair => Assert.Equal(pair.First[Quantity] + " units", pair.Second[Quantity]));
    }

    [Fact]
    public async Task Rates_WhenComparedWithTheRecordedFile_ThenAreAlike()
    {
        (string[][] rows, _) = await Generated.RowsAsync(Generated.Sales, new GenerateOptions { Rows = 10_000, Seed = 42 });
        Dictionary<string, int> shapes = Shapes(rows);
        foreach ((string shape, int recorded) in RecordedShapes)
        {
            double sigma = Math.Sqrt(2 * recorded * (1 - (recorded / 10_000.0)));
            Assert.True(
                Math.Abs(shapes.GetValueOrDefault(shape) - recorded) <= (4 * sigma) + 2,
                $"{shape}: {shapes.GetValueOrDefault(shape)} instead of about {recorded}");
        }

        Assert.Empty(shapes.Keys.Except(RecordedShapes.Keys));

        // The recorded file's own rate is 9,077 of 10,000; the distributions' is 0.904.
        int clean = rows.Count(row => Errors([row]) is var errors && errors["negative_quantity"] + errors["invalid_discount"]
            + errors["malformed_price"] + errors["null_date"] == 0);
        Assert.InRange(clean, 8_950, 9_130);
    }

    [Fact]
    public async Task Prefix_WhenMoreRowsAreMade_ThenTheyBeginWithTheFewer()
    {
        var options = new GenerateOptions { Rows = 40_000, Seed = 42 };
        (string all, _) = await Generated.RunAsync(Generated.Sales, options);
        foreach (int rows in (int[])[0, 1, 10, 1023, 1024, 1025, 8192, 8193, 30_000])
        {
            (string some, GenerateResult result) = await Generated.RunAsync(Generated.Sales, options with { Rows = rows });
            Assert.Equal(rows, result.Rows);
            Assert.Equal(all[..some.Length], some);
            Assert.Equal(rows + 1, some.Count(c => c == '\n'));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public async Task Bytes_WhenThreadsDiffer_ThenAreTheSame(int threads)
    {
        var options = new GenerateOptions { Rows = 100_001, Seed = 5, Threads = 1 };
        (string one, GenerateResult oneResult) = await Generated.RunAsync(Generated.Sales, options);
        (string many, GenerateResult manyResult) = await Generated.RunAsync(Generated.Sales, options with { Threads = threads });
        Assert.True(one == many, "The bytes differ.");
        Assert.Equal(oneResult.RowsWithErrors, manyResult.RowsWithErrors);
        Assert.Equal(oneResult.Errors, manyResult.Errors);
    }

    [Fact]
    public async Task Bytes_WhenSeedOrStartDiffer_ThenDiffer()
    {
        var options = new GenerateOptions { Rows = 100, Seed = 1, ErrorRate = 0 };
        (string[][] one, _) = await Generated.RowsAsync(Generated.Sales, options);
        (string[][] two, _) = await Generated.RowsAsync(Generated.Sales, options with { Seed = 2 });
        (string[][] later, _) = await Generated.RowsAsync(Generated.Sales, options with { Start = new DateOnly(2031, 1, 1) });
        Assert.InRange(one.Zip(two).Count(pair => pair.First[0] == pair.Second[0]), 0, 1);
        // 2031 has 365 days: the last of the 366 is in 2032.
        Assert.All(later, row => Assert.Matches("2031|2032", row[Date]));
        Assert.Equal(one.Select(row => row[Price]), later.Select(row => row[Price]));
    }

    /// <summary>How often each shape comes in the recorded file of 10,000 rows with the same distributions.</summary>
    private static readonly Dictionary<string, int> RecordedShapes = new()
    {
        ["0 aaa-99999999-9999"] = 10_000,
        ["3 99"] = 4990,
        ["3 9"] = 4411,
        ["3 -9"] = 282,
        ["3 99 aaaaa"] = 178,
        ["3 9 aaaaa"] = 137,
        ["3 999"] = 2,
        ["4 999.99"] = 3761,
        ["4 99.99"] = 3211,
        ["4 9999.99"] = 1738,
        ["4 999.9"] = 431,
        ["4 99.9"] = 396,
        ["4 9999.9"] = 189,
        ["4 "] = 136,
        ["4 $999.99"] = 55,
        ["4 $99.99"] = 46,
        ["4 $9999.99"] = 25,
        ["4 $999.9"] = 8,
        ["4 $99.9"] = 3,
        ["4 $9999.9"] = 1,
        ["5 9.99"] = 9061,
        ["5 9.9"] = 939,
        ["7 9999/99/99"] = 2472,
        ["7 9999-99-99 99:99:99"] = 2468,
        ["7 99-aaa-9999"] = 2462,
        ["7 9999-99-99"] = 2454,
        ["7 "] = 144,
    };

    // Texts are compared value by value elsewhere; here it is how numbers and dates are written.
    private static Dictionary<string, int> Shapes(string[][] rows) => rows
        .SelectMany(row => new[] { 0, Quantity, Price, Discount, Date }.Select(column =>
            $"{column} {Letters().Replace(Numerals().Replace(row[column], "9"), "a")}"))
        .GroupBy(shape => shape)
        .ToDictionary(group => group.Key, group => group.Count());

    private static Dictionary<string, int> Errors(string[][] rows)
    {
        var counts = new Dictionary<string, int>
        {
            ["negative_quantity"] = 0,
            ["invalid_discount"] = 0,
            ["string_quantity"] = 0,
            ["malformed_price"] = 0,
            ["extreme_values"] = 0,
            ["null_date"] = 0,
            ["rows"] = 0,
        };
        foreach (string[] row in rows)
        {
            int before = counts.Values.Sum();
            counts["negative_quantity"] += NegativeQuantity().IsMatch(row[Quantity]) ? 1 : 0;
            counts["string_quantity"] += UnitQuantity().IsMatch(row[Quantity]) ? 1 : 0;
            counts["invalid_discount"] += Number(row[Discount]) is >= 1.1 and <= 2.0 ? 1 : 0;
            counts["malformed_price"] += row[Price].Length == 0 || row[Price][0] == '$' ? 1 : 0;
            counts["extreme_values"] += char.IsAsciiDigit(row[Price].FirstOrDefault())
                && Number(row[Price]) is >= 5000 and <= 10000
                && int.Parse(row[Quantity], CultureInfo.InvariantCulture) is >= 50 and <= 100 ? 1 : 0;
            counts["null_date"] += row[Date].Length == 0 ? 1 : 0;
            counts["rows"] += counts.Values.Sum() > before ? 1 : 0;
        }

        return counts;
    }

    private static int ProductOf(string written) => Array.FindIndex(
        (string[][])
        [
            ["laptop pro", "Laptop Pro 15"], ["smartfone x", "smart-phone x", "smartphone-x"],
            ["wirless headphones", "Wireless headphones"], ["4k led tv", "4KTV"], ["blender pro", "blenderpro"],
            ["cofee maker elite"], ["Mens t-shirt (blue)", "T-shirt (Blue)"], ["running shoes", "Running Shoes"],
            ["gaming mouse", "Gaming Mouse"], ["office chair", "Office Chair"],
        ],
        variants => variants.Contains(written));

    private static int Month(string date) => DateTime.ParseExact(
        date, ["yyyy-MM-dd HH:mm:ss", "yyyy/MM/dd", "yyyy-MM-dd", "dd-MMM-yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None).Month;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static int Count(string[][] rows, int column, string value) => rows.Count(row => row[column] == value);

    private static void AssertRate(double rate, int count)
    {
        double sigma = Math.Sqrt(Rows * rate * (1 - rate));
        Assert.InRange(count, (Rows * rate) - (3 * sigma), (Rows * rate) + (3 * sigma));
    }

    [GeneratedRegex("[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex Numerals();

    [GeneratedRegex("[A-Za-z]", RegexOptions.CultureInvariant)]
    private static partial Regex Letters();

    [GeneratedRegex("^[0-9]{2}-[A-Z][a-z]{2}-[0-9]{4}$", RegexOptions.CultureInvariant)]
    private static partial Regex DatePattern();

    [GeneratedRegex("^-[1-5]$", RegexOptions.CultureInvariant)]
    private static partial Regex NegativeQuantity();

    [GeneratedRegex("^[0-9]+ units$", RegexOptions.CultureInvariant)]
    private static partial Regex UnitQuantity();
}
