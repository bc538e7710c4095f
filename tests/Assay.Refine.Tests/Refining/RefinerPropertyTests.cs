using Assay.Data;
using Assay.Refine.Quality;
using Assay.Refine.Tests.Rules;

namespace Assay.Refine.Tests.Refining;

/// <summary>However the rows are shared out over batches and workers, the rows and figures that come are the same.</summary>
public sealed class RefinerPropertyTests
{
    private static readonly TableDefinition Table = Tables.Table(
        Tables.Column("id", "string") with { Required = true, Matches = "^[a-z0-9 ]+$" },
        Tables.Column("region", "string") with { Clean = [CleaningRuleTests.Rule("trim"), CleaningRuleTests.Rule("title_case")], AcceptedValues = ["North", "South", "Östlich"], Pii = "place" },
        Tables.Column("quantity", "integer").WithCheck("value < 90 or region = 'North'") with { Required = true, Minimum = "1" },
        Tables.Column("price", "decimal(12,2)").WithCheck("value > 0"),
        Tables.Column("sold", "date") with { Formats = ["yyyy-MM-dd", "MM/dd/yyyy", "dd/MM/yyyy"] },
        Tables.Column("flag", "boolean"))
        .WithDerived("copy", "price")
        .WithDerived("revenue", "quantity * price")
        .WithDerived("again", "quantity * price")
        .WithDerived("power", "price * price * price * price * price")
        .WithDerived("label", "coalesce(region, 'none') || ' ' || id")
        .WithWhere("flag is null or flag or quantity > 50");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Refine_WhenRowsAreSharedOutInAnyWay_ThenRowsAndFiguresAreTheSame(int seed)
    {
        var random = new Random(seed);
        string?[][] rows = [.. Enumerable.Range(0, 3000).Select(_ => RandomRow(random))];
        FaultCode[] structural = [.. rows.Select(_ => random.Next(40) == 0 ? FaultCode.ShortRow : random.Next(60) == 0 ? FaultCode.BadQuote : FaultCode.None)];
        (string[] expected, string figures) = Run(rows, structural, [(0, rows.Length, 0)], 1, TextPool.DefaultLimit);
        Assert.Contains("balances True", figures, StringComparison.Ordinal);

        for (int round = 0; round < 6; round++)
        {
            int workers = 1 + (round % 4);
            var batches = new List<(int From, int Count, int Worker)>();
            for (int from = 0; from < rows.Length;)
            {
                int count = Math.Min(random.Next(1, 51), rows.Length - from);
                batches.Add((from, count, random.Next(workers)));
                from += count;
            }

            int textLimit = round < 3 ? TextPool.DefaultLimit : random.Next(5, 200);
            (string[] actual, string actualFigures) = Run(rows, structural, batches, workers, textLimit);

            Assert.Equal(expected, actual);
            Assert.Equal(figures, actualFigures);
        }
    }

    [Fact]
    public void Refine_WhenRowsAreRandom_ThenEachIsWhatItIsAlone()
    {
        var random = new Random(77);
        string?[][] rows = [.. Enumerable.Range(0, 1500).Select(_ => RandomRow(random))];
        var none = new FaultCode[rows.Length];
        (string[] together, _) = Run(rows, none, [(0, rows.Length, 0)], 1, TextPool.DefaultLimit);

        for (int row = 0; row < rows.Length; row++)
        {
            (string[] alone, string figures) = row % 10 == 0 ? Run([rows[row]], [FaultCode.None], [(0, 1, 0)], 1, 16) : (null!, "");
            Assert.True(alone is null || (alone[0] == together[row] && figures.Contains("balances True", StringComparison.Ordinal)), together[row]);
        }
    }

    /// <summary>What becomes of each row, and the merged figures.</summary>
    private static (string[] Rows, string Figures) Run(
        string?[][] rows, FaultCode[] structural, IReadOnlyList<(int From, int Count, int Worker)> batches, int workers, int textLimit)
    {
        int capacity = batches.Max(batch => batch.Count);
        CleaningPlan plan = CleaningPlan.Create(Table);
        Refiner[] refiners = [.. Enumerable.Range(0, workers).Select(_ => new Refiner(plan, new TextPool(textLimit), capacity))];
        FieldBatch[] fields = [.. Enumerable.Range(0, workers).Select(_ => new FieldBatch(6, capacity))];
        var outcome = new string[rows.Length];
        foreach ((int from, int count, int worker) in batches)
        {
            Records.Fill(fields[worker], rows[from..(from + count)], from + 1);
            for (int row = 0; row < count; row++)
            {
                if (structural[from + row] != FaultCode.None)
                {
                    fields[worker].WithFault(row, structural[from + row]);
                }
            }

            RefinedBatch refined = refiners[worker].Refine(fields[worker]);
            foreach (string faulty in Tables.Faulty(refined, refiners[worker]))
            {
                int colon = faulty.IndexOf(':', StringComparison.Ordinal);
                outcome[from + int.Parse(faulty[..colon], null)] = "faulty" + faulty[colon..];
            }

            // Clean rows keep their order, so those that are not faulty are found among them by their own number.
            string[] clean = Tables.Clean(refined);
            int next = 0;
            for (int row = 0; row < count; row++)
            {
                if (outcome[from + row] is null)
                {
                    string id = rows[from + row][0]!.Trim();
                    outcome[from + row] = next < clean.Length && clean[next].StartsWith(id + "|", StringComparison.Ordinal) ? clean[next++] : "filtered";
                }
            }

            Assert.Equal(clean.Length, next);
        }

        TableQuality merged = refiners[0].Quality;
        foreach (Refiner refiner in refiners.Skip(1))
        {
            Assert.True(refiner.Quality.Balances);
            merged.Merge(refiner.Quality);
        }

        return (outcome, Tables.Figures(merged));
    }

    private static string?[] RandomRow(Random random)
    {
        string Pick(params string[] texts) => texts[random.Next(texts.Length)];
        return
        [
            random.Next(20) == 0 ? Pick("", " ", "ID!") : $"{Pick("", " ")}id {random.Next(1_000_000)}",
            Pick("north", "South ", "NORTH", "östlich", "", "west", " "),
            random.Next(10) == 0 ? Pick("", "x", "2.5", "0", "-1", "99999999999999999999") : $"{random.Next(1, 100)}",
            random.Next(10) == 0 ? Pick("", "0", "-1.5", "abc", "1.234", "9999999999.99", "8888888888.88") : $"{random.Next(1, 99_999)}.{random.Next(100):00}",
            Pick("2024-01-31", "03/04/2024", "15/01/2024", "4/4/2024", "", "2024-02-30", "7/8/2023", "1999-12-31"),
            Pick("true", "no", "", "Y", "0", "maybe"),
        ];
    }
}
