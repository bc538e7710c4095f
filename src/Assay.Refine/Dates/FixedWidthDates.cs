using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Refine.Dates;

/// <summary>
/// The declared date formats when every number has its full width. A text's length and two of its bytes
/// tell which format it can be in, two vector compares whether it is, and the numbers lie at fixed offsets:
/// so a column that mixes formats is read without guessing, which is what costs time.
/// </summary>
internal sealed class FixedWidthDates
{
    private const int Signatures = 1024;
    private readonly Layout[] _layouts;
    private readonly short[] _first = new short[Signatures];
    private readonly short[] _next;

    /// <param name="formats">The formats, in the order they are to be tried.</param>
    public FixedWidthDates(IReadOnlyList<DateFormat> formats)
    {
        _layouts = new Layout[formats.Count];
        _next = new short[formats.Count];
        Array.Fill(_first, (short)-1);

        // What comes after a year of two digits could take texts from it, which is tried first.
        int known = formats.TakeWhile(format => !format.HasShortYear).Count();
        for (short i = (short)(known - 1); i >= 0; i--)
        {
            // A text that a format without a fixed width reads first is left to whoever tries all in their order.
            if (!Layout.TryCreate(formats[i].Steps, out Layout layout, out byte second, out byte fourth)
                || formats.Take(i).Any(earlier => !Layout.TryCreate(earlier.Steps, out _, out _, out _) && earlier.TryMatch(Sample(formats[i].Steps), out _, out _)))
            {
                continue;
            }

            _layouts[i] = layout;

            // Backwards, so that the first declared comes first in its chain.
            ref short head = ref _first[Signature(_layouts[i].Length, second, fourth)];
            _next[i] = head;
            head = i;
        }
    }

    /// <summary>Reads a text, but for its offset from UTC.</summary>
    /// <param name="bytes">The buffer it lies in.</param>
    /// <param name="start">Its first byte.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="time">What it says.</param>
    /// <returns>Which format it is in, or -1 when it is in none at full width.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(byte[] bytes, int start, int length, out CivilTime time)
    {
        // Sixteen bytes are loaded whatever the length, so the buffer must go on that far.
        if (length is >= 8 and <= 32 && start + 16 <= bytes.Length)
        {
            ref byte text = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), start);
            int format = _first[Signature(length, Unsafe.Add(ref text, 2), Unsafe.Add(ref text, 4))];
            while (format >= 0)
            {
                if (_layouts[format].TryRead(ref text, length, out time))
                {
                    return format;
                }

                format = _next[format];
            }
        }

        time = default;
        return -1;
    }

    /// <summary>Whether texts that are in one format at full width are also in another, unless they name no day there.</summary>
    /// <param name="format">The one, which can be read here.</param>
    /// <param name="other">The other.</param>
    public bool AreAlike(int format, int other) => _layouts[format].IsLike(_layouts[other]);

    /// <summary>Reads a text in another format that is alike.</summary>
    /// <param name="format">The other format.</param>
    /// <param name="text">The text, which was read in one that is alike.</param>
    /// <param name="time">What it says.</param>
    /// <returns>Whether there is such a moment.</returns>
    public bool ReadAlike(int format, ReadOnlySpan<byte> text, out CivilTime time) =>
        _layouts[format].TryTake(ref MemoryMarshal.GetReference(text), out time);

    /// <summary>A text in a format at full width. All its numbers are 1, so that a format which reads any such text reads this one.</summary>
    private static byte[] Sample((DatePart Part, byte Literal)[] steps) => [.. steps.SelectMany(step => step.Part switch
    {
        DatePart.Literal or DatePart.Space or DatePart.Utc => [step.Literal],
        DatePart.Year => "0101"u8.ToArray(),
        DatePart.MonthName => "Jan"u8.ToArray(),
        DatePart.Offset => "+01:01"u8.ToArray(),
        _ => "01"u8.ToArray(),
    })];

    /// <summary>Digits are alike and letters are alike; other bytes stand for themselves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Signature(int length, byte second, byte fourth) =>
        ((length * 37) + (Class(second) * 5) + Class(fourth)) & (Signatures - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Class(byte b) => b >= (byte)'A' ? 1 : (uint)(b - '0') <= 9 ? 0 : b;

    /// <summary>Where each part of a format lies; parts that it lacks read as zero.</summary>
    private struct Layout
    {
        public int Length;
        private Shape _head;
        private Shape _tail;
        private int _year;
        private int _month;
        private int _monthName;
        private int _day;
        private int _hour;
        private int _minute;
        private int _second;
        private int _timeMask;

        public static bool TryCreate((DatePart Part, byte Literal)[] steps, out Layout layout, out byte second, out byte fourth)
        {
            var literals = new List<byte>();
            var kinds = new List<byte>();
            var offsets = new Dictionary<DatePart, int>();
            foreach ((DatePart part, byte literal) in steps)
            {
                int width = part switch
                {
                    DatePart.Fraction => 0,
                    DatePart.Year => 4,
                    DatePart.MonthName => 3,
                    DatePart.Offset => UtcOffset.Width,
                    DatePart.Literal or DatePart.Space or DatePart.Utc => 1,
                    _ => 2,
                };
                bool isLiteral = part is DatePart.Literal or DatePart.Space or DatePart.Utc;
                offsets.TryAdd(part, literals.Count);
                for (int i = 0; i < width; i++)
                {
                    // Of an offset only digits and colon are looked at here; its sign is whoever's who reads it.
                    bool isColon = part == DatePart.Offset && i == 3;
                    bool isOther = part == DatePart.MonthName || (part == DatePart.Offset && i == 0);
                    literals.Add(isLiteral ? literal : isColon ? (byte)':' : isOther ? (byte)'A' : (byte)'0');
                    kinds.Add(isLiteral || isColon ? (byte)1 : isOther ? (byte)2 : (byte)0);
                }
            }

            int length = literals.Count;
            second = length > 2 ? literals[2] : (byte)0;
            fourth = length > 4 ? literals[4] : (byte)0;
            bool hasTime = offsets.ContainsKey(DatePart.Hour) && offsets.ContainsKey(DatePart.Minute) && offsets.ContainsKey(DatePart.Second);
            bool isDate = !offsets.ContainsKey(DatePart.Hour) && !offsets.ContainsKey(DatePart.Minute) && !offsets.ContainsKey(DatePart.Second);
            layout = new Layout
            {
                Length = length,
                _head = new Shape(literals, kinds, 0),
                _tail = new Shape(literals, kinds, Math.Max(0, length - 16)),
                _year = offsets[DatePart.Year],
                _month = offsets.GetValueOrDefault(DatePart.Month, -1),
                _monthName = offsets.GetValueOrDefault(DatePart.MonthName, -1),
                _day = offsets[DatePart.Day],
                _hour = offsets.GetValueOrDefault(DatePart.Hour),
                _minute = offsets.GetValueOrDefault(DatePart.Minute),
                _second = offsets.GetValueOrDefault(DatePart.Second),
                _timeMask = hasTime ? -1 : 0,
            };
            bool hasFixedWidth = !offsets.Keys.Any(part => part is DatePart.Fraction or DatePart.OptionalOffset)
                && (!offsets.ContainsKey(DatePart.Offset) || steps[^1].Part == DatePart.Offset);
            return length is >= 8 and <= 32 && (hasTime || isDate) && hasFixedWidth;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly bool TryRead(ref byte text, int length, out CivilTime time)
        {
            time = default;
            if (length != Length)
            {
                return false;
            }

            // Both ends always, though the tail of a short text is its head again: lengths cannot be foretold.
            Vector128<byte> head = _head.Matches(Vector128.LoadUnsafe(ref text));
            Vector128<byte> tail = _tail.Matches(Vector128.LoadUnsafe(ref Unsafe.Add(ref text, Math.Max(0, length - 16))));
            return (head & tail) == Vector128<byte>.AllBitsSet && TryTake(ref text, out time);
        }

        /// <summary>Whether another format differs only in what its numbers mean.</summary>
        public readonly bool IsLike(in Layout other) =>
            Length > 0 && Length == other.Length && _timeMask == other._timeMask && _head.Equals(other._head) && _tail.Equals(other._tail);

        /// <summary>Takes the numbers out of a text that has the layout's shape.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly bool TryTake(ref byte text, out CivilTime time)
        {
            time = default;
            time.Year = (Two(ref text, _year) * 100) + Two(ref text, _year + 2);
            time.Day = Two(ref text, _day);
            time.Month = _month >= 0 ? Two(ref text, _month) : MonthNames.Read(ref Unsafe.Add(ref text, _monthName));
            time.Hour = Two(ref text, _hour) & _timeMask;
            time.Minute = Two(ref text, _minute) & _timeMask;
            time.Second = Two(ref text, _second) & _timeMask;
            return time.Exists;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static int Two(ref byte text, int at) =>
            ((Unsafe.Add(ref text, at) - '0') * 10) + Unsafe.Add(ref text, at + 1) - '0';
    }

    /// <summary>Sixteen bytes of the layout: which are literals, and which, and which must be digits.</summary>
    private readonly struct Shape : IEquatable<Shape>
    {
        private readonly Vector128<byte> _literals;
        private readonly Vector128<byte> _literalMask;
        private readonly Vector128<byte> _notDigits;

        public Shape(List<byte> literals, List<byte> kinds, int from)
        {
            Span<byte> literal = stackalloc byte[16];
            Span<byte> mask = stackalloc byte[16];
            Span<byte> notDigit = stackalloc byte[16];
            literal.Clear();
            mask.Clear();
            notDigit.Fill(255);
            for (int i = 0; i < 16 && from + i < literals.Count; i++)
            {
                literal[i] = kinds[from + i] == 1 ? literals[from + i] : (byte)0;
                mask[i] = kinds[from + i] == 1 ? (byte)255 : (byte)0;
                notDigit[i] = kinds[from + i] == 0 ? (byte)0 : (byte)255;
            }

            _literals = Vector128.Create<byte>(literal);
            _literalMask = Vector128.Create<byte>(mask);
            _notDigits = Vector128.Create<byte>(notDigit);
        }

        public bool Equals(Shape other) =>
            _literals == other._literals && _literalMask == other._literalMask && _notDigits == other._notDigits;

        public override bool Equals(object? obj) => obj is Shape other && Equals(other);

        public override int GetHashCode() => HashCode.Combine(_literals, _literalMask, _notDigits);

        /// <summary>All ones in each byte that is as it must be.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<byte> Matches(Vector128<byte> text)
        {
            Vector128<byte> wrong = (text ^ _literals) & _literalMask;
            Vector128<byte> digit = Vector128.LessThanOrEqual(text - Vector128.Create((byte)'0'), Vector128.Create((byte)9));
            return (digit | _notDigits) & Vector128.Equals(wrong, Vector128<byte>.Zero);
        }
    }
}
