using System.Globalization;
using System.Text;
using Assay.Data;
using Assay.Refine.Decode;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks.Decoding;

/// <summary>Whole numbers: the decoder, and <see cref="long.Parse(string)"/> on the field's text.</summary>
public class IntegerBenchmark
{
    private readonly IntegerDecoder _decoder = new(ColumnToDecode.Of(ColumnType.Integer), 0);
    private readonly FieldBatch _fields = SampleFields.Batch(SampleFields.Quantities());
    private readonly Vector _values = new(SampleFields.Rows);
    private readonly ColumnFaults _faults = new(1, SampleFields.Rows);

    [Benchmark(Baseline = true, OperationsPerInvoke = SampleFields.Rows)]
    public void Parse()
    {
        for (int row = 0; row < _fields.Count; row++)
        {
            _values.Values[row] = long.Parse(Encoding.UTF8.GetString(_fields.Field(0, row)), CultureInfo.InvariantCulture);
        }
    }

    [Benchmark(OperationsPerInvoke = SampleFields.Rows)]
    public void ParseUtf8()
    {
        for (int row = 0; row < _fields.Count; row++)
        {
            _values.Values[row] = long.Parse(_fields.Field(0, row), CultureInfo.InvariantCulture);
        }
    }

    [Benchmark(OperationsPerInvoke = SampleFields.Rows)]
    public void Decoder() => _decoder.Decode(_fields, _values, _faults);
}
