using Assay.App.Runs;
using Assay.App.Tests.Plans;

namespace Assay.App.Tests.Reports;

public sealed class OutputFilesTests : IDisposable
{
    private const string Outputs =
        """
            last: 7 days of sold_at
            measures: { revenue: { value: sum(amount), scale: 2 } }
        outputs:
          "sales_{exported_at}.json":
            made: { at: { run: exported_at }, for: [shop, 2, "3", ~] }
            total: { value: by_month.total_revenue }
            months: { map: by_month, key: month, value: revenue, keys: [2025-02, 2025-03] }
            largest: { rows: sales, columns: [id, amount], order_by: [-amount] }
          all_sales.csv: { rows: sales, columns: [sold_at, id], order_by: [id] }
          months.csv: { rows: by_month, columns: [sales, month] }
        """;

    private readonly ShopPipeline _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Write_WhenPublished_ThenTheDocumentsHoldWhatTheyDeclare()
    {
        _shop.Change("    last: 7 days of sold_at\n    measures: { revenue: { value: sum(amount), scale: 2 } }", Outputs.TrimEnd());
        RunOutcome outcome = _shop.Run(
            _shop.Write("sales.csv", "id,sold_at,amount\n1,2025-01-02,10.00\n2,2025-01-03,20.00\n3,2025-02-01,5.25\n4,2025-02-02,20.00\n"),
            _shop.Options() with { AsOf = new DateTime(2025, 2, 3, 4, 5, 6) });

        Assert.Equal(
            """
            {
              "made": {
                "at": "2025-02-03T04:05:06Z",
                "for": [
                  "shop",
                  2,
                  "3",
                  null
                ]
              },
              "total": 55.25,
              "months": {
                "2025-02": 25.25,
                "2025-03": 0.00,
                "2025-01": 30.00
              },
              "largest": [
                {
                  "id": 2,
                  "amount": 20.00
                },
                {
                  "id": 4,
                  "amount": 20.00
                },
                {
                  "id": 1,
                  "amount": 10.00
                },
                {
                  "id": 3,
                  "amount": 5.25
                }
              ]
            }

            """,
            Text(outcome, "sales_20250203T040506Z.json"));
        Assert.Equal("sold_at,id\n2025-01-02,1\n2025-01-03,2\n2025-02-01,3\n2025-02-02,4\n", Text(outcome, "all_sales.csv"));
        Assert.Equal("sales,month\n2,2025-01\n2,2025-02\n", Text(outcome, "months.csv"));
    }

    [Fact]
    public void Write_WhenThereAreMoreRowsThanABatchHolds_ThenAllComeInOrder()
    {
        _shop.Change("    last: 7 days of sold_at\n    measures: { revenue: { value: sum(amount), scale: 2 } }", Outputs.TrimEnd());
        const int Rows = 30_000;
        RunOutcome outcome = _shop.Run(_shop.Write(
            "sales.csv", "id,sold_at,amount\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"{i * 7919 % Rows},2025-0{1 + (i % 3)}-02,{i % 10}.00\n"))));

        string[] lines = Text(outcome, "all_sales.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, Rows).Select(id => id.ToString(System.Globalization.CultureInfo.InvariantCulture)), lines[1..].Select(line => line.Split(',')[1]));
    }

    private static string Text(RunOutcome outcome, string file) => File.ReadAllText(Path.Combine(outcome.GoldFolder!, file));
}
