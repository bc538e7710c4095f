using System.Text;
using Assay.Data;

namespace Assay.Refine.Quality;

/// <summary>What a run saw of one column. One per worker, merged at the end; the merged figures do not depend on how rows were shared out.</summary>
public sealed class ColumnQuality
{
    private const int ExamplesKept = 3;
    private const int ExampleBytes = 200;

    private readonly long[] _faults = new long[Enum.GetValues<FaultCode>().Length];
    private readonly Dictionary<FaultCode, List<FaultExample>> _examples = [];
    private readonly string? _pii;

    internal ColumnQuality(ColumnDefinition definition)
    {
        Name = definition.Name;
        Type = definition.Type;
        _pii = definition.Pii;
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>The column's type.</summary>
    public ColumnType Type { get; }

    /// <summary>The rows without a value, faults left out.</summary>
    public long Nulls { get; internal set; }

    /// <summary>The values that more than one of the declared date formats could read; the first declared was taken.</summary>
    public long Ambiguous { get; internal set; }

    /// <summary>How many distinct clean values there are; null when they are too many to be a domain, or the column is not text.</summary>
    public int? Distinct => Type.Kind == ColumnKind.String ? Values.Count : null;

    /// <summary>The codes that occurred, with how many rows have each; a row can have several.</summary>
    public IEnumerable<(FaultCode Code, long Rows, IReadOnlyList<FaultExample> Examples)> Faults =>
        Enum.GetValues<FaultCode>().Where(code => _faults[(int)code] > 0)
            .Select(code => (code, _faults[(int)code], (IReadOnlyList<FaultExample>)_examples[code]));

    internal DistinctValues Values { get; } = new();

    internal void AddFault(FaultCode code, int file, long row, ReadOnlySpan<byte> raw)
    {
        _faults[(int)code]++;
        if (!_examples.TryGetValue(code, out List<FaultExample>? examples))
        {
            _examples[code] = examples = new List<FaultExample>(ExamplesKept);
        }

        if (examples.Count < ExamplesKept)
        {
            AddExample(examples, new FaultExample(file, row, Show(raw)));
        }
    }

    internal void Merge(ColumnQuality other)
    {
        Nulls += other.Nulls;
        Ambiguous += other.Ambiguous;
        Values.Merge(other.Values);
        foreach ((FaultCode code, long rows, IReadOnlyList<FaultExample> theirs) in other.Faults)
        {
            _faults[(int)code] += rows;
            List<FaultExample> ours = _examples.GetValueOrDefault(code, []);
            var merged = new List<FaultExample>(ExamplesKept);

            // Each worker kept the first distinct values it met; the first of all are among them.
            foreach (FaultExample example in ours.Concat(theirs).OrderBy(e => e.File).ThenBy(e => e.Row))
            {
                if (merged.Count < ExamplesKept)
                {
                    AddExample(merged, example);
                }
            }

            _examples[code] = merged;
        }
    }

    private static void AddExample(List<FaultExample> examples, FaultExample example)
    {
        if (examples.TrueForAll(known => known.Value != example.Value))
        {
            examples.Add(example);
        }
    }

    private string Show(ReadOnlySpan<byte> raw)
    {
        string text = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, ExampleBytes)]);
        return _pii is null ? text : Masking.Mask(text);
    }
}
