using System.Globalization;
using System.Text;
using Assay.Data;
using Assay.Refine.Decode;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks.Decoding;

/// <summary>Prices: the decoder, which gives scaled 64-bit integers, and <see cref="decimal.Parse(string)"/>.</summary>
public class DecimalBenchmark
{
    private readonly DecimalDecoder _decoder = new(ColumnToDecode.Of(ColumnType.Decimal(14, 4)), 0);
    private readonly FieldBatch _fields = SampleFields.Batch(SampleFields.Prices());
    private readonly decimal[] _decimals = new decimal[SampleFields.Rows];
    private readonly Vector _values = new(SampleFields.Rows);
    private readonly ColumnFaults _faults = new(1, SampleFields.Rows);

    [Benchmark(Baseline = true, OperationsPerInvoke = SampleFields.Rows)]
    public void Parse()
    {
        for (int row = 0; row < _fields.Count; row++)
        {
            _decimals[row] = decimal.Parse(Encoding.UTF8.GetString(_fields.Field(0, row)), CultureInfo.InvariantCulture);
        }
    }

    [Benchmark(OperationsPerInvoke = SampleFields.Rows)]
    public void ParseUtf8()
    {
        for (int row = 0; row < _fields.Count; row++)
        {
            _decimals[row] = decimal.Parse(_fields.Field(0, row), CultureInfo.InvariantCulture);
        }
    }

    [Benchmark(OperationsPerInvoke = SampleFields.Rows)]
    public void Decoder() => _decoder.Decode(_fields, _values, _faults);
}
