using System.Text;
using Assay.Data;

namespace Assay.Refine.Quality;

/// <summary>What a run saw of one column. One per worker, merged at the end; the merged figures do not depend on how rows were shared out.</summary>
public sealed class ColumnQuality
{
    private const int ExampleBytes = 200;

    private readonly FaultTally _faults = new();
    private readonly FaultTally _nulled = new();
    private readonly string? _pii;

    internal ColumnQuality(ColumnDefinition definition)
    {
        Name = definition.Name;
        Type = definition.Type;
        NullsInvalid = definition.InvalidIsNull;
        _pii = definition.Pii;
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>The column's type.</summary>
    public ColumnType Type { get; }

    /// <summary>Whether wrong values become missing ones.</summary>
    public bool NullsInvalid { get; }

    /// <summary>The rows without a value, faults left out.</summary>
    public long Nulls { get; internal set; }

    /// <summary>The values that more than one of the declared date formats could read; the first declared was taken.</summary>
    public long Ambiguous { get; internal set; }

    /// <summary>How many distinct clean values there are; null when they are too many to be a domain, or the column is not text.</summary>
    public int? Distinct => Type.Kind == ColumnKind.String ? Values.Count : null;

    /// <summary>The codes for which rows were set aside, with how many rows have each; a row can have several.</summary>
    public IEnumerable<(FaultCode Code, long Rows, IReadOnlyList<FaultExample> Examples)> Faults => _faults.Counts;

    /// <summary>The codes for which values became missing ones, with how many; their rows went on, unless another column was wrong.</summary>
    public IEnumerable<(FaultCode Code, long Rows, IReadOnlyList<FaultExample> Examples)> Nulled => _nulled.Counts;

    internal DistinctValues Values { get; } = new();

    internal void AddFault(FaultCode code, int file, long row, ReadOnlySpan<byte> raw) => Add(_faults, code, file, row, raw);

    internal void AddNulled(FaultCode code, int file, long row, ReadOnlySpan<byte> raw) => Add(_nulled, code, file, row, raw);

    internal void Merge(ColumnQuality other)
    {
        Nulls += other.Nulls;
        Ambiguous += other.Ambiguous;
        Values.Merge(other.Values);
        _faults.Merge(other._faults);
        _nulled.Merge(other._nulled);
    }

    private void Add(FaultTally tally, FaultCode code, int file, long row, ReadOnlySpan<byte> raw)
    {
        raw = raw[..Math.Min(raw.Length, ExampleBytes)];
        if (tally.Count(code, raw))
        {
            tally.AddExample(code, new FaultExample(file, row, Show(raw)), raw);
        }
    }

    private string Show(ReadOnlySpan<byte> raw)
    {
        string text = Encoding.UTF8.GetString(raw);
        return _pii is null ? text : Masking.Mask(text);
    }
}
