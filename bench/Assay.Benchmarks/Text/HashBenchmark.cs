using Assay.Data;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks.Text;

/// <summary>Hashes of short byte strings: ours, the framework's, and FNV-1a as many tables write it.</summary>
public class HashBenchmark
{
    private FieldBatch _fields = SampleFields.Batch();

    [Params("product", "order id", "digits")]
    public string Values { get; set; } = "product";

    [GlobalSetup]
    public void Setup() => _fields = SampleFields.Batch(Values switch
    {
        "product" => SampleFields.ProductNames(),
        "order id" => SampleFields.OrderIds(),
        _ => SampleFields.Quantities(),
    });

    [Benchmark(Baseline = true, OperationsPerInvoke = SampleFields.Rows)]
    public uint Fnv1a()
    {
        uint sum = 0;
        for (int row = 0; row < _fields.Count; row++)
        {
            uint hash = 2166136261;
            foreach (byte value in _fields.Field(0, row))
            {
                hash = (hash ^ value) * 16777619;
            }

            sum += hash;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = SampleFields.Rows)]
    public uint Framework()
    {
        uint sum = 0;
        for (int row = 0; row < _fields.Count; row++)
        {
            var hash = default(HashCode);
            hash.AddBytes(_fields.Field(0, row));
            sum += (uint)hash.ToHashCode();
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = SampleFields.Rows)]
    public uint ByteHashOf()
    {
        uint sum = 0;
        for (int row = 0; row < _fields.Count; row++)
        {
            sum += ByteHash.Of(_fields.Field(0, row));
        }

        return sum;
    }
}
