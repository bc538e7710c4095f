using System.Text;
using Assay.Data;
using Assay.Read;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks.Reading;

/// <summary>
/// A CSV text to the places of its fields, on one thread, per record of nine fields (about 90 bytes): the
/// reader, and a loop that splits lines as scripts do, which knows nothing of quotes.
/// </summary>
public class TokenizerBenchmark
{
    private const int Records = 100_000;

    private static readonly string[] Columns =
        ["order_id", "product_name", "category", "quantity", "unit_price", "discount_percent", "region", "sale_date", "customer_email"];

    private readonly FieldBatch _batch = new(Columns.Length);
    private byte[] _csv = [];

    /// <summary>Whether the product names stand in quotes.</summary>
    [Params(false, true)]
    public bool Quoted { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        string quote = Quoted ? "\"" : "";
        string[] orders = SampleFields.OrderIds();
        string[] products = SampleFields.ProductNames();
        string[] quantities = SampleFields.Quantities();
        string[] prices = SampleFields.Prices();
        string[] dates = SampleFields.Dates("yyyy-MM-dd HH:mm:ss");
        StringBuilder csv = new StringBuilder(Records * 100).AppendJoin(',', Columns).Append('\n');
        for (int record = 0; record < Records; record++)
        {
            int row = record % SampleFields.Rows;
            csv.Append(orders[row]).Append(',').Append(quote).Append(products[row]).Append(quote).Append(",Electronics,")
                .Append(quantities[row]).Append(',').Append(prices[row]).Append(",0.05,North,").Append(dates[row])
                .Append(",user1@example.com\n");
        }

        _csv = Encoding.UTF8.GetBytes(csv.ToString());
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Records)]
    public int Split()
    {
        int fields = 0;
        using var reader = new StreamReader(new MemoryStream(_csv));
        while (reader.ReadLine() is { } line)
        {
            fields += line.Split(',').Length;
        }

        return fields;
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public int Reader()
    {
        int fields = 0;
        using var source = CsvSource.Open(new MemoryStream(_csv), "sample", Columns, new CsvOptions(), "sample");
        CsvCursor cursor = source.OpenCursor();
        while (cursor.ReadBlock(CancellationToken.None))
        {
            while (cursor.ReadBatch(_batch))
            {
                fields += _batch.Count * Columns.Length;
            }
        }

        return fields;
    }
}
