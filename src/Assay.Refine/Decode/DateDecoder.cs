using System.Text;
using Assay.Data;
using Assay.Refine.Dates;

namespace Assay.Refine.Decode;

/// <summary>Dates and timestamps, by trying the declared formats in order.</summary>
internal sealed class DateDecoder : ColumnDecoder
{
    private static readonly string[] IsoFormats =
        ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFF"];

    private readonly DateFormat[] _formats;
    private readonly FixedWidthDates _fixed;
    private readonly DateFormat[][] _confused;
    private readonly bool _hasConfusion;
    private readonly bool _isTimestamp;
    private readonly bool _trustsDates;
    private bool _lastWasAmbiguous;

    public DateDecoder(ColumnDefinition definition, int ordinal)
        : base(definition, ordinal)
    {
        _isTimestamp = definition.Type.Kind == ColumnKind.Timestamp;
        _formats = [.. FormatsOf(definition).Select(Compile)];
        _fixed = new FixedWidthDates(_formats);
        _confused = new DateFormat[_formats.Length][];
        for (int i = 0; i < _formats.Length; i++)
        {
            DateFormat format = _formats[i];
            _confused[i] = [.. _formats.Skip(i + 1).Where(format.IsConfusedWith)];
        }

        // Other rules can mean a date itself, such as `null_if: [1900-01-01]`, so they are run on every one.
        _trustsDates = definition.Clean.All(rule => rule is TrimRule or CollapseSpacesRule or DefaultRule);
        _hasConfusion = _confused.Any(others => others.Length > 0);
    }

    /// <summary>The formats of a column: those declared, else ISO 8601's.</summary>
    public static IReadOnlyList<string> FormatsOf(ColumnDefinition definition) =>
        definition.Formats.Count > 0 ? definition.Formats : IsoFormats;

    public override void Decode(FieldBatch fields, Vector into, ColumnFaults faults)
    {
        byte[] bytes = fields.Bytes;
        int[] starts = fields.Starts[Ordinal];
        int[] lengths = fields.Lengths[Ordinal];
        long[] values = into.Values;
        bool trusts = _trustsDates;
        for (int row = 0; row < fields.Count; row++)
        {
            int start = starts[row];
            int length = lengths[row];
            int format = _fixed.Read(bytes, start, length, out CivilTime time);
            if (format < 0 || !trusts)
            {
                DecodeRow(fields, row, into, faults);
                continue;
            }

            values[row] = _isTimestamp ? time.Microseconds : time.Days;
            if (_confused[format].Length > 0 && IsAmbiguous(format, new ReadOnlySpan<byte>(bytes, start, length), time))
            {
                Ambiguous++;
            }
        }
    }

    protected override Decoded Type(string text)
    {
        _lastWasAmbiguous = false;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < _formats.Length; i++)
        {
            if (_formats[i].TryMatch(bytes, out CivilTime time))
            {
                _lastWasAmbiguous = IsAmbiguous(i, bytes, time);
                return Decoded.Of(_isTimestamp ? time.Microseconds : time.Days);
            }
        }

        return Decoded.Bad(FaultCode.NotADate);
    }

    /// <summary>Reads a date or timestamp as a pipeline writes one, in ISO 8601.</summary>
    public static Decoded ReadIso(string text, ColumnKind kind)
    {
        foreach (string format in IsoFormats)
        {
            if (Compile(format).TryMatch(Encoding.UTF8.GetBytes(text), out CivilTime time))
            {
                return Decoded.Of(kind == ColumnKind.Timestamp ? time.Microseconds : time.Days);
            }
        }

        return Decoded.Bad(FaultCode.NotADate);
    }

    private static DateFormat Compile(string text) =>
        DateFormat.TryCompile(text, out DateFormat? format, out string error) ? format : throw new ArgumentException(error);

    private void DecodeRow(FieldBatch fields, int row, Vector into, ColumnFaults faults)
    {
        // Not through the cache, which would forget that a value is ambiguous.
        _lastWasAmbiguous = false;
        ReadOnlySpan<byte> raw = fields.Field(Ordinal, row);
        Store(raw.IsEmpty || !_hasConfusion ? DecodeSlowly(raw) : Clean(raw), row, into, faults);
        if (_lastWasAmbiguous)
        {
            Ambiguous++;
        }
    }

    private bool IsAmbiguous(int format, ReadOnlySpan<byte> text, in CivilTime time)
    {
        foreach (DateFormat other in _confused[format])
        {
            if (other.TryMatch(text, out CivilTime second) && second.Days != time.Days)
            {
                return true;
            }
        }

        return false;
    }
}
