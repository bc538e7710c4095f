using System.Text;
using Assay.Data;

namespace Assay.Refine.Decode;

/// <summary>Turns one column's raw fields into typed cells, a batch at a time. One per worker and column.</summary>
internal abstract class ColumnDecoder
{
    /// <summary>Texts remembered by a decoder that reads most values directly: the odd ones, such as <c>5 units</c>.</summary>
    private const int FewTexts = 1024;

    private readonly DecodeCache _cache;

    /// <param name="definition">The column.</param>
    /// <param name="ordinal">Its place.</param>
    /// <param name="remembered">How many distinct raw texts to remember at most.</param>
    protected ColumnDecoder(ColumnDefinition definition, int ordinal, int remembered = FewTexts)
    {
        _cache = new DecodeCache(remembered);
        Definition = definition;
        Rules = NumberRule.Fit(definition.Clean);
        Ordinal = ordinal;
        TrustsPlainNumbers = definition.Clean.All(rule => rule.KeepsPlainNumbers);
    }

    protected ColumnDefinition Definition { get; }

    protected int Ordinal { get; }

    /// <summary>The column's cleaning rules, in an array, so that going through them for a value allocates nothing.</summary>
    protected CleaningRule[] Rules { get; }

    /// <summary>Whether plain digits may be typed without running the cleaning rules.</summary>
    protected bool TrustsPlainNumbers { get; }

    protected DecodeCache Cache => _cache;

    /// <summary>How many values could be read in more than one of the declared date formats.</summary>
    public long Ambiguous { get; protected set; }

    /// <summary>Decodes a batch.</summary>
    public abstract void Decode(FieldBatch fields, Vector into, ColumnFaults faults);

    /// <summary>Types cleaned text that is not blank.</summary>
    protected abstract Decoded Type(string text);

    /// <summary>Decodes one raw text through the rules; the answer is remembered.</summary>
    protected Decoded DecodeSlowly(ReadOnlySpan<byte> raw)
    {
        int slot = _cache.Find(raw);
        if (slot >= 0)
        {
            ref readonly DecodeCache.Slot known = ref _cache[slot];
            return new Decoded(known.Value, known.IsNull, known.Fault);
        }

        if (_cache.IsFull)
        {
            _cache.Clear();
        }

        Decoded decoded = Clean(raw);
        _cache.Add(raw, decoded);
        return decoded;
    }

    /// <summary>Runs the rules, then types what is left.</summary>
    protected Decoded Clean(ReadOnlySpan<byte> raw)
    {
        string? text = raw.IsEmpty ? null : Encoding.UTF8.GetString(raw);
        foreach (CleaningRule rule in Rules)
        {
            CleanText clean = rule.Apply(text);
            if (clean.Fault != FaultCode.None)
            {
                return Decoded.Bad(clean.Fault);
            }

            text = clean.Text;
        }

        return string.IsNullOrWhiteSpace(text) ? Decoded.Null : Type(text);
    }

    /// <summary>Puts a decoded cell into a row.</summary>
    protected void Store(in Decoded decoded, int row, Vector into, ColumnFaults faults)
    {
        into.Values[row] = decoded.Value;
        if (decoded.IsNull)
        {
            SetNull(into, row);
            if (decoded.Fault != FaultCode.None)
            {
                faults.Add(Ordinal, row, decoded.Fault);
            }
        }
    }

    /// <summary>Makes a cell null; the flags are cleared on the first null of a batch, so that batches without one pay nothing.</summary>
    public static void SetNull(Vector into, int row)
    {
        if (!into.HasNulls)
        {
            Array.Clear(into.Nulls);
            into.HasNulls = true;
        }

        into.Nulls[row] = true;
    }
}
