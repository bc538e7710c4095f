using Assay.Data;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks.Numbers;

/// <summary>Rounding half to even from 8 digits to 2: scaled whole numbers, and the framework's decimal.</summary>
public class RescaleBenchmark
{
    private readonly Int128[] _units = new Int128[SampleFields.Rows];
    private readonly decimal[] _decimals = new decimal[SampleFields.Rows];

    [GlobalSetup]
    public void Setup()
    {
        long units = 1;
        for (int row = 0; row < _units.Length; row++)
        {
            units = (units * 6364136223846793005) + 1442695040888963407;
            // Up to 92 million in money, the size of a group's revenue.
            _units[row] = units >> 10;
            _decimals[row] = (units >> 10) / 100_000_000m;
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = SampleFields.Rows)]
    public decimal Decimal()
    {
        decimal sum = 0;
        foreach (decimal value in _decimals)
        {
            sum += decimal.Round(value, 2, MidpointRounding.ToEven);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = SampleFields.Rows)]
    public Int128 Rescale()
    {
        Int128 sum = 0;
        foreach (Int128 units in _units)
        {
            sum += Decimals.Rescale(units, 8, 2);
        }

        return sum;
    }
}
