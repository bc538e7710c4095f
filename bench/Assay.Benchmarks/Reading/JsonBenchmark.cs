using System.Text;
using System.Text.Json;
using Assay.Data;
using Assay.Read;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks.Reading;

/// <summary>
/// JSON to the places of seven of its ten fields, on one thread, per record of about 210 bytes: the reader, and a bare
/// loop of the framework's reader, which only goes over the tokens.
/// </summary>
public class JsonBenchmark
{
    private const int Records = 100_000;

    private static readonly string[] Columns =
        ["order_id", "product_name", "quantity", "unit_price", "address.city", "sale_date", "customer_email"];

    private readonly FieldBatch _batch = new(Columns.Length);
    private byte[] _json = [];

    /// <summary>Whether the records are lines, or a list in one document.</summary>
    [Params(JsonFormat.Lines, JsonFormat.Document)]
    public JsonFormat Format { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        string[] orders = SampleFields.OrderIds();
        string[] products = SampleFields.ProductNames();
        string[] quantities = SampleFields.Quantities();
        string[] prices = SampleFields.Prices();
        string[] dates = SampleFields.Dates("yyyy-MM-dd HH:mm:ss");
        StringBuilder json = new StringBuilder(Records * 250).Append(Format == JsonFormat.Lines ? "" : "[\n");
        for (int record = 0; record < Records; record++)
        {
            int row = record % SampleFields.Rows;
            json.Append(record == 0 ? "" : Format == JsonFormat.Lines ? "\n" : ",\n")
                .Append("{\"order_id\":").Append(Quoted(orders[row])).Append(",\"product_name\":").Append(Quoted(products[row]))
                .Append(",\"category\":\"Electronics\",\"quantity\":").Append(Quoted(quantities[row]))
                .Append(",\"unit_price\":").Append(Quoted(prices[row])).Append(",\"discount\":0.05,\"paid\":true")
                .Append(",\"address\":{\"city\":\"Pune\",\"code\":411001},\"sale_date\":").Append(Quoted(dates[row]))
                .Append(",\"customer_email\":\"user1@example.com\"}");
        }

        _json = Encoding.UTF8.GetBytes(json.Append(Format == JsonFormat.Lines ? "" : "\n]").ToString());
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Records)]
    public int Tokens()
    {
        int tokens = 0;
        var reader = new Utf8JsonReader(_json, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public int Reader()
    {
        int fields = 0;
        using var source = JsonSource.Open(
            new MemoryStream(_json), "sample", Columns, new JsonOptions { Format = Format }, "sample");
        JsonCursor cursor = source.OpenCursor();
        while (cursor.ReadBlock(CancellationToken.None))
        {
            while (cursor.ReadBatch(_batch))
            {
                fields += _batch.Count * Columns.Length;
            }
        }

        return fields;
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
