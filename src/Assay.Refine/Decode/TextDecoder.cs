using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Assay.Data;
using Assay.Refine.Quality;

namespace Assay.Refine.Decode;

/// <summary>
/// Text: each distinct raw value goes through rules and checks once, and rows carry its code. A column
/// that is only trimmed and turns out to hold ever new values (an id) is left lying in the source's bytes.
/// </summary>
internal sealed class TextDecoder : ColumnDecoder
{
    /// <summary>Characters that mean themselves in a pattern, wherever they stand.</summary>
    private static readonly SearchValues<char> Literals =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_/:@ ");

    private readonly TextPool _texts;
    private readonly DistinctValues _distinct;
    private readonly bool _canStayRaw;
    private readonly Predicate<string>? _pattern;

    /// <summary>What texts must begin with, when the pattern says no more than that.</summary>
    private readonly string? _beginning;
    private readonly HashSet<string>? _accepted;
    private int _generation;
    private bool _staysRaw;

    public TextDecoder(ColumnDefinition definition, int ordinal, TextPool texts, DistinctValues distinct)
        : base(definition, ordinal, DecodeCache.DefaultLimit)
    {
        _texts = texts;
        _distinct = distinct;
        _accepted = definition.AcceptedValues?.ToHashSet(StringComparer.Ordinal);
        _beginning = Beginning(definition.Matches);
        _pattern = definition.Matches is null ? null
            : _beginning is { } beginning ? text => text.StartsWith(beginning, StringComparison.Ordinal)
            : Compile(definition.Matches);
        _canStayRaw = definition.Clean.All(rule => rule is TrimRule) && _accepted is null && _pattern is null;
    }

    public override void Decode(FieldBatch fields, Vector into, ColumnFaults faults)
    {
        if (_generation != _texts.Generation)
        {
            Cache.Clear();
            _generation = _texts.Generation;
        }
        else if (_canStayRaw && !_staysRaw && _distinct.Count is null)
        {
            // Only a column of many values: one of many spellings of few still has its values counted.
            _staysRaw = true;
            Cache.Release();
        }
        else if (Cache.IsFull)
        {
            Cache.Clear();
        }

        if (_staysRaw)
        {
            DecodeRaw(fields, into, faults);
            return;
        }

        byte[] bytes = fields.Bytes;
        int[] starts = fields.Starts[Ordinal];
        int[] lengths = fields.Lengths[Ordinal];
        long[] values = into.Values;
        DecodeCache cache = Cache;
        int count = fields.Count;
        bool areMany = _distinct.Count is null && _accepted is null && (_pattern is null || _beginning is not null);
        int previous = -1;
        for (int row = 0; row < count; row++)
        {
            int length = Math.Max(lengths[row], 0);
            if (areMany)
            {
                var text = new ReadOnlySpan<byte>(bytes, starts[row], length);
                if (previous >= 0 && text.SequenceEqual(new ReadOnlySpan<byte>(bytes, starts[previous], lengths[previous])))
                {
                    values[row] = values[previous];
                    continue;
                }

                if (IsClean(text))
                {
                    values[row] = _texts.Intern(text);
                    previous = row;
                    continue;
                }
            }

            int slot = cache.Find(bytes, starts[row], length);
            if (slot < 0)
            {
                // The cache may pass its limit within a batch; it is emptied before the next.
                var raw = new ReadOnlySpan<byte>(bytes, starts[row], length);
                cache.Add(raw, Clean(raw));
                slot = cache.Find(raw);
            }

            ref readonly DecodeCache.Slot known = ref cache[slot];
            values[row] = known.Value;
            if (known.IsNull)
            {
                Store(new Decoded(0, true, known.Fault), row, into, faults);
            }
        }
    }

    protected override Decoded Type(string text)
    {
        // Refused for all engines alike, as PostgreSQL has no way to hold it.
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return Decoded.Bad(FaultCode.NulCharacter);
        }

        if (_pattern is not null && !_pattern(text))
        {
            return Decoded.Bad(FaultCode.NoMatch);
        }

        if (_accepted is not null && !_accepted.Contains(text))
        {
            return Decoded.Bad(FaultCode.NotAccepted);
        }

        _distinct.Add(text);
        return Decoded.Of(_texts.Intern(text));
    }

    /// <summary>Whether a text of a column of many values is as it should be, so that it need not become a string, nor be remembered.</summary>
    private bool IsClean(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] == ' ' || text[^1] == ' ' || text.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            return false;
        }

        foreach (CleaningRule rule in Rules)
        {
            if (!rule.Keeps(text))
            {
                return false;
            }
        }

        return _beginning is null || (text.Length >= _beginning.Length && Ascii.Equals(text[.._beginning.Length], _beginning));
    }

    /// <summary>What a pattern such as <c>^ORD-</c> asks for; null when it is of another kind.</summary>
    private static string? Beginning(string? pattern) =>
        pattern is ['^', ..] && pattern.AsSpan(1).IndexOfAnyExcept(Literals) < 0 ? pattern[1..] : null;

    /// <summary>A method of its own, so that runs without a pattern do not load the library.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Predicate<string> Compile(string pattern) =>
        new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant).IsMatch;

    private void DecodeRaw(FieldBatch fields, Vector into, ColumnFaults faults)
    {
        byte[] bytes = fields.Bytes;
        int[] starts = fields.Starts[Ordinal];
        int[] lengths = fields.Lengths[Ordinal];
        bool trims = Definition.Clean.Count > 0;
        into.IsRaw = true;
        for (int row = 0; row < fields.Count; row++)
        {
            int start = starts[row];
            int length = Math.Max(lengths[row], 0);
            if (length == 0 || !IsPlain(bytes[start]) || !IsPlain(bytes[start + length - 1]))
            {
                ReadOnlySpan<byte> raw = new(bytes, start, length);
                (int from, int kept) = Trim(raw);
                if (kept == 0 && (trims || string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(raw))))
                {
                    SetNull(into, row);
                    length = 0;
                }
                else if (trims)
                {
                    start += from;
                    length = kept;
                }
            }

            if (new ReadOnlySpan<byte>(bytes, start, length).Contains((byte)0))
            {
                Store(Decoded.Bad(FaultCode.NulCharacter), row, into, faults);
                length = 0;
            }

            into.Values[row] = Vector.PackRaw(start, length);
        }
    }

    private static bool IsPlain(byte b) => b is > 32 and < 128;

    /// <summary>What is left of a text without white space at its ends, as <c>TrimRule</c> leaves it.</summary>
    private static (int Start, int Length) Trim(ReadOnlySpan<byte> raw)
    {
        int start = 0;
        while (start < raw.Length
            && Rune.DecodeFromUtf8(raw[start..], out Rune rune, out int used) == OperationStatus.Done
            && rune.IsBmp && TrimRule.IsBlank((char)rune.Value))
        {
            start += used;
        }

        int end = raw.Length;
        while (end > start
            && Rune.DecodeLastFromUtf8(raw[start..end], out Rune rune, out int used) == OperationStatus.Done
            && rune.IsBmp && TrimRule.IsBlank((char)rune.Value))
        {
            end -= used;
        }

        return (start, end - start);
    }
}
