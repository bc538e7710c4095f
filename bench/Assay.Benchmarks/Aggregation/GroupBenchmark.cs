using Assay.Data;
using Assay.Measure;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks.Aggregation;

/// <summary>Revenue and quantity by product, rows already typed: the in-memory engine, and a dictionary of decimals.</summary>
public class GroupBenchmark
{
    private readonly RowBatch _rows;
    private readonly MeasureWorker _worker;
    private readonly string[] _products = SampleFields.ProductNames();
    private readonly decimal[] _revenues = new decimal[SampleFields.Rows];
    private readonly long[] _quantities = new long[SampleFields.Rows];
    private readonly Dictionary<string, (decimal Revenue, long Quantity)> _sums = new(StringComparer.Ordinal);

    public GroupBenchmark()
    {
        var schema = new Schema(
        [
            new Column("product", ColumnType.String),
            new Column("revenue", ColumnType.Decimal(18, 8)),
            new Column("quantity", ColumnType.Integer),
        ]);
        var texts = new TextPool();
        _rows = new RowBatch(schema, texts) { Count = SampleFields.Rows };
        for (int row = 0; row < SampleFields.Rows; row++)
        {
            long units = 1_000_000_000L * (row + 1);
            _quantities[row] = 1 + (row % 20);
            _revenues[row] = units / 100_000_000m;
            _rows.Columns[0].Values[row] = texts.Intern(_products[row]);
            _rows.Columns[1].Values[row] = units;
            _rows.Columns[2].Values[row] = _quantities[row];
        }

        var kpi = new KpiDefinition
        {
            Name = "by_product",
            Title = "By product",
            From = "sales",
            GroupBy = [Named("product", "product")],
            Measures = [Named("revenue", "sum(revenue)"), Named("quantity", "sum(quantity)")],
        };
        _worker = new MeasureRun([KpiPlan.Create(kpi, schema)]).StartWorker(1, texts);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = SampleFields.Rows)]
    public void Dictionary()
    {
        for (int row = 0; row < _products.Length; row++)
        {
            _sums.TryGetValue(_products[row], out (decimal Revenue, long Quantity) sum);
            _sums[_products[row]] = (sum.Revenue + _revenues[row], sum.Quantity + _quantities[row]);
        }
    }

    [Benchmark(OperationsPerInvoke = SampleFields.Rows)]
    public void Engine() => _worker.Add(_rows);

    private static NamedExpression Named(string name, string expression) => new(name, ExpressionParser.Parse(expression));
}
