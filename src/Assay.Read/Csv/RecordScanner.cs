using Assay.Data;

namespace Assay.Read;

/// <summary>What <see cref="RecordScanner.Scan"/> found.</summary>
internal enum ScanOutcome
{
    /// <summary>More bytes are needed to tell.</summary>
    Undecided,

    /// <summary>A blank line.</summary>
    Blank,

    /// <summary>A whole record, good or bad.</summary>
    Record,

    /// <summary>A bad record whose end is not in sight.</summary>
    Unended,
}

/// <summary>A record, or why there is none.</summary>
/// <param name="Outcome">What was found.</param>
/// <param name="Next">Where the next record starts.</param>
/// <param name="Length">The bytes of raw text to keep, line end left out.</param>
/// <param name="Fields">The fields; 0 when there is a fault.</param>
/// <param name="Fault">What is wrong with it.</param>
internal readonly record struct ScannedRecord(ScanOutcome Outcome, int Next, int Length, int Fields, FaultCode Fault);

/// <summary>
/// The rules of a record, exactly: the one place that decides where a record ends. Both the serial step that cuts
/// blocks and the workers that tokenise them come here whenever the fast ways do not apply.
/// </summary>
/// <remarks>
/// Fields are taken from the left; the first fault decides. A field that starts with a quote must be closed, and the
/// close be followed by a delimiter or the end of the record, within the field limit; otherwise the record is a
/// <see cref="FaultCode.BadQuote"/> and ends at the first LF after that quote. An unquoted field over the limit is
/// <see cref="FaultCode.FieldTooLong"/>; a record whose text up to the end of some field is over its limit is
/// <see cref="FaultCode.RecordTooLong"/>; both end at the next LF.
/// </remarks>
internal readonly struct RecordScanner(byte delimiter, int fieldLimit, int recordLimit)
{
    /// <summary>How much of the raw text of an overlong record is kept: enough to recognise it by.</summary>
    public const int KeptBytes = 1024;

    private const byte Lf = (byte)'\n';
    private const byte Cr = (byte)'\r';
    private const byte Quote = (byte)'"';

    private readonly byte _delimiter = delimiter;
    private readonly int _fieldLimit = fieldLimit;
    private readonly int _recordLimit = recordLimit;

    /// <summary>The bytes of raw text kept of an overlong record.</summary>
    public int Kept { get; } = Math.Min(KeptBytes, recordLimit);

    /// <summary>The longest record in which no limit can be crossed.</summary>
    public int SafeLength { get; } = Math.Min(fieldLimit, recordLimit);

    /// <summary>Whether a bad record without an end in sight is so long that only its first bytes will be kept.</summary>
    /// <param name="seen">The bytes of it that were seen.</param>
    /// <returns>True when it is to be skipped rather than held.</returns>
    public bool IsHopeless(int seen) => seen > _recordLimit + 1;

    /// <summary>Finds the end of a record.</summary>
    /// <param name="bytes">The bytes; a record starts at <paramref name="start"/>.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="final">Whether the input ends with these bytes.</param>
    /// <param name="ends">Where each field ends is added here, when given.</param>
    /// <returns>The record, or why there is none.</returns>
    public ScannedRecord Scan(ReadOnlySpan<byte> bytes, int start, bool final, PositionList? ends)
    {
        int left = bytes.Length - start;
        if (left == 0)
        {
            return default;
        }

        if (bytes[start] == Lf)
        {
            return new ScannedRecord(ScanOutcome.Blank, start + 1, 0, 0, FaultCode.None);
        }

        if (bytes[start] == Cr)
        {
            if (left > 1 && bytes[start + 1] == Lf)
            {
                return new ScannedRecord(ScanOutcome.Blank, start + 2, 0, 0, FaultCode.None);
            }

            if (left == 1 && !final)
            {
                return default;
            }
        }

        int before = ends?.Count ?? 0;
        ScannedRecord record = ScanFields(bytes, start, final, ends);
        if (record.Fields == 0)
        {
            ends?.Truncate(before);
        }

        return record;
    }

    private ScannedRecord ScanFields(ReadOnlySpan<byte> bytes, int start, bool final, PositionList? ends)
    {
        int field = start;
        for (int fields = 1; ; fields++)
        {
            // Where the field's text ends, and where the byte stands that ends it: they differ by the CR of a CRLF.
            int end;
            int terminator;
            FaultCode fault = field < bytes.Length && bytes[field] == Quote
                ? EndOfQuoted(bytes, field, final, out end)
                : EndOfPlain(bytes, field, final, out end);
            if (fault != FaultCode.None)
            {
                return Resume(bytes, start, field, final, fault);
            }

            if (end < 0)
            {
                return default;
            }

            terminator = end < bytes.Length && bytes[end] == Cr ? end + 1 : end;
            if (end - start > _recordLimit)
            {
                return Resume(bytes, start, terminator, final, FaultCode.RecordTooLong);
            }

            ends?.Add(end);
            if (terminator >= bytes.Length || bytes[terminator] == Lf)
            {
                int next = Math.Min(terminator + 1, bytes.Length);
                return new ScannedRecord(ScanOutcome.Record, next, end - start, fields, FaultCode.None);
            }

            field = terminator + 1;
        }
    }

    /// <summary>The proper close of the quoted field at <paramref name="field"/>: <paramref name="end"/> is after it, -1 when undecided.</summary>
    private FaultCode EndOfQuoted(ReadOnlySpan<byte> bytes, int field, bool final, out int end)
    {
        int limit = field + 2 + _fieldLimit;
        int window = Math.Min(bytes.Length, limit);
        int at = field + 1;
        end = -1;
        while (at < window)
        {
            int found = bytes[at..window].IndexOf(Quote);
            if (found < 0)
            {
                break;
            }

            int after = at + found + 1;
            if (after == bytes.Length)
            {
                end = final ? after : -1;
                return FaultCode.None;
            }

            byte follower = bytes[after];
            if (follower == Quote)
            {
                at = after + 1;
                continue;
            }

            if (follower == _delimiter || follower == Lf)
            {
                end = after;
                return FaultCode.None;
            }

            if (follower == Cr && after + 1 < bytes.Length && bytes[after + 1] == Lf)
            {
                end = after;
                return FaultCode.None;
            }

            return follower == Cr && after + 1 == bytes.Length && !final ? FaultCode.None : FaultCode.BadQuote;
        }

        return final || bytes.Length >= limit ? FaultCode.BadQuote : FaultCode.None;
    }

    /// <summary>The end of the unquoted field at <paramref name="field"/>, -1 when undecided.</summary>
    private FaultCode EndOfPlain(ReadOnlySpan<byte> bytes, int field, bool final, out int end)
    {
        // A field of just the limit may be followed by CR LF.
        int limit = field + _fieldLimit + 2;
        ReadOnlySpan<byte> window = bytes[field..Math.Min(bytes.Length, limit)];
        int length = window.IndexOfAny(_delimiter, Lf);
        end = -1;
        if (length < 0)
        {
            if (!final && bytes.Length < limit)
            {
                return FaultCode.None;
            }

            length = window.Length;
        }
        else if (length > 0 && window[length] == Lf && window[length - 1] == Cr)
        {
            length--;
        }

        if (length > _fieldLimit)
        {
            return FaultCode.FieldTooLong;
        }

        end = field + length;
        return FaultCode.None;
    }

    /// <summary>A bad record goes on to the first LF from <paramref name="from"/>.</summary>
    private ScannedRecord Resume(ReadOnlySpan<byte> bytes, int start, int from, bool final, FaultCode fault)
    {
        int found = from < bytes.Length ? bytes[from..].IndexOf(Lf) : -1;
        if (found < 0 && !final)
        {
            return new ScannedRecord(ScanOutcome.Unended, bytes.Length, 0, 0, fault);
        }

        int end = found < 0 ? bytes.Length : from + found;
        int length = end - start;
        if (found >= 0 && length > 0 && bytes[end - 1] == Cr)
        {
            length--;
        }

        if (length > (fault == FaultCode.BadQuote ? _recordLimit : Kept))
        {
            length = Kept;
        }

        return new ScannedRecord(ScanOutcome.Record, found < 0 ? end : end + 1, length, 0, fault);
    }
}
