using System.Text;
using Assay.Data;
using Assay.Refine.Dates;

namespace Assay.Refine.Decode;

/// <summary>Dates and timestamps, by trying the declared formats in order.</summary>
internal sealed class DateDecoder : ColumnDecoder
{
    private static readonly string[] LocalFormats =
        ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFF"];

    // `Z` alone stands for itself at a fixed place, so it is read faster than an offset of unknown width.
    private static readonly string[] IsoFormats =
    [
        .. LocalFormats, "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFzzz", "yyyy-MM-dd HH:mm:ss.FFFFFFzzz",
    ];

    private readonly DateFormat[] _formats;
    private readonly FixedWidthDates _fixed;
    private readonly DateFormat[][] _confused;
    private readonly int[] _alike;
    private readonly bool[] _isPlain;
    private readonly ZoneClock _clock;
    private readonly bool _hasConfusion;
    private readonly bool _isTimestamp;
    private readonly bool _trustsDates;
    private bool _lastWasAmbiguous;

    /// <param name="definition">The column.</param>
    /// <param name="ordinal">Its place.</param>
    /// <param name="zone">The zone that the column's values are local to.</param>
    public DateDecoder(ColumnDefinition definition, int ordinal, TimeZoneInfo zone)
        : base(definition, ordinal)
    {
        _clock = new ZoneClock(zone);
        _isTimestamp = definition.Type.Kind == ColumnKind.Timestamp;
        _formats = [.. FormatsOf(definition).Select(Compile)];
        _fixed = new FixedWidthDates(_formats);
        _confused = new DateFormat[_formats.Length][];
        for (int i = 0; i < _formats.Length; i++)
        {
            DateFormat format = _formats[i];
            _confused[i] = [.. _formats.Skip(i + 1).Where(format.IsConfusedWith)];
        }

        // The usual confusion, of day and month, is looked into without matching the text anew.
        _alike = [.. _formats.Select((_, i) => _confused[i] is [DateFormat other] && Array.IndexOf(_formats, other) is int at && _fixed.AreAlike(i, at) ? at : -1)];

        // A local time that no other format could read otherwise is done with once it is read.
        _isPlain = [.. _formats.Select((format, i) => _confused[i].Length == 0 && !format.HasOffset)];

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
            if (_isPlain[format])
            {
                continue;
            }

            var text = new ReadOnlySpan<byte>(bytes, start, length);
            if (_formats[format].HasOffset && !TryBringToZone(_formats[format], text, time, out values[row]))
            {
                DecodeRow(fields, row, into, faults);
            }
            else if (_alike[format] >= 0
                ? _fixed.ReadAlike(_alike[format], text, out CivilTime second) && second.Days != time.Days
                : IsAmbiguous(format, text, time))
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
            if (_formats[i].TryMatch(bytes, out CivilTime time, out int offset))
            {
                _lastWasAmbiguous = IsAmbiguous(i, bytes, time);
                return TryCell(_formats[i], time, offset, out long cell) ? Decoded.Of(cell) : Decoded.Bad(FaultCode.NotADate);
            }
        }

        return Decoded.Bad(FaultCode.NotADate);
    }

    /// <summary>Reads a local date or timestamp as a pipeline writes one, in ISO 8601.</summary>
    public static Decoded ReadIso(string text, ColumnKind kind)
    {
        foreach (string format in LocalFormats)
        {
            if (Compile(format).TryMatch(Encoding.UTF8.GetBytes(text), out CivilTime time, out _))
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

    /// <summary>The cell of a moment that was read at a fixed width, its offset still to be read.</summary>
    private bool TryBringToZone(DateFormat format, ReadOnlySpan<byte> text, in CivilTime time, out long cell)
    {
        int at = text[^1] == 'Z' ? text.Length - 1 : text.Length - UtcOffset.Width;
        cell = 0;
        return UtcOffset.TryRead(text, ref at, out int offset) && TryCell(format, time, offset, out cell);
    }

    /// <summary>The cell of a moment, brought to the column's zone when it comes with an offset. A date without a time of day is the same in every zone.</summary>
    private bool TryCell(DateFormat format, in CivilTime time, int offset, out long cell)
    {
        long microseconds = time.Microseconds;
        if (offset != DateFormat.NoOffset && format.HasTime && !_clock.TryToLocal(UtcOffset.ToUtc(time, offset), out microseconds))
        {
            cell = 0;
            return false;
        }

        cell = _isTimestamp ? microseconds : CivilTime.DayOf(microseconds);
        return true;
    }

    private bool IsAmbiguous(int format, ReadOnlySpan<byte> text, in CivilTime time)
    {
        foreach (DateFormat other in _confused[format])
        {
            if (other.TryMatch(text, out CivilTime second, out _) && second.Days != time.Days)
            {
                return true;
            }
        }

        return false;
    }
}
