using System.Text;
using Assay.Data;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks.Text;

/// <summary>A text column's fields to codes: the pool, and the dictionary of strings it stands in for.</summary>
public class InternBenchmark
{
    private readonly TextPool _pool = new();
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private FieldBatch _fields = SampleFields.Batch();

    /// <summary>Whether the values are a few names or all different.</summary>
    [Params("few", "all different")]
    public string Values { get; set; } = "few";

    [GlobalSetup]
    public void Setup() => _fields = SampleFields.Batch(Values == "few" ? SampleFields.ProductNames() : SampleFields.OrderIds());

    [Benchmark(Baseline = true, OperationsPerInvoke = SampleFields.Rows)]
    public int Dictionary()
    {
        int sum = 0;
        for (int row = 0; row < _fields.Count; row++)
        {
            string text = Encoding.UTF8.GetString(_fields.Field(0, row));
            if (!_codes.TryGetValue(text, out int code))
            {
                code = _codes.Count;
                _codes.Add(text, code);
            }

            sum += code;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = SampleFields.Rows)]
    public int Pool()
    {
        int sum = 0;
        for (int row = 0; row < _fields.Count; row++)
        {
            sum += _pool.Intern(_fields.Field(0, row));
        }

        return sum;
    }
}
