using System.Globalization;
using System.Text;
using Assay.Data;
using Assay.Refine.Decode;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks.Decoding;

/// <summary>Timestamps in one of six formats: the decoder, and <see cref="DateTime.ParseExact(string, string[], IFormatProvider?, DateTimeStyles)"/>.</summary>
public class TimestampBenchmark
{
    private static readonly string[] Formats =
        ["yyyy-MM-dd HH:mm:ss", "yyyy/MM/dd", "yyyy-MM-dd", "dd-MMM-yyyy", "MM/dd/yyyy", "dd/MM/yyyy"];

    private readonly DateDecoder _decoder = new(ColumnToDecode.Of(ColumnType.Timestamp, Formats), 0, TimeZoneInfo.Utc);
    private readonly Vector _values = new(SampleFields.Rows);
    private readonly ColumnFaults _faults = new(1, SampleFields.Rows);
    private FieldBatch _fields = SampleFields.Batch();

    /// <summary>The format that the values are written in.</summary>
    [Params("yyyy-MM-dd HH:mm:ss", "dd-MMM-yyyy")]
    public string Written { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _fields = SampleFields.Batch(SampleFields.Dates(Written));

    [Benchmark(Baseline = true, OperationsPerInvoke = SampleFields.Rows)]
    public void ParseExact()
    {
        for (int row = 0; row < _fields.Count; row++)
        {
            string text = Encoding.UTF8.GetString(_fields.Field(0, row));
            _values.Values[row] = DateTime.ParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None).Ticks;
        }
    }

    [Benchmark(OperationsPerInvoke = SampleFields.Rows)]
    public void Decoder() => _decoder.Decode(_fields, _values, _faults);
}
