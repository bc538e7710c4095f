using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Refine.Dates;

/// <summary>
/// A date format when every number has its full width: then each byte's class is known by its place, so
/// two vector compares tell whether a text fits, and the numbers lie at fixed offsets.
/// </summary>
internal sealed class FixedWidthDate
{
    private readonly int _length;
    private readonly Shape _head;
    private readonly Shape _tail;
    private readonly int _year;
    private readonly int _month;
    private readonly bool _monthName;
    private readonly int _day;
    private readonly int _hour;
    private readonly int _minute;
    private readonly int _second;

    private FixedWidthDate(byte[] literals, byte[] literalMask, byte[] digitMask, Dictionary<DatePart, int> offsets)
    {
        _length = literals.Length;
        _head = new Shape(literals, literalMask, digitMask, 0);
        _tail = new Shape(literals, literalMask, digitMask, Math.Max(0, _length - 16));
        _year = offsets[DatePart.Year];
        _monthName = offsets.ContainsKey(DatePart.MonthName);
        _month = offsets[_monthName ? DatePart.MonthName : DatePart.Month];
        _day = offsets[DatePart.Day];
        _hour = offsets.GetValueOrDefault(DatePart.Hour, -1);
        _minute = offsets.GetValueOrDefault(DatePart.Minute, -1);
        _second = offsets.GetValueOrDefault(DatePart.Second, -1);
    }

    /// <summary>Lays a format out, or gives null when it has no fixed width or more than 32 bytes.</summary>
    public static FixedWidthDate? TryCreate((DatePart Part, byte Literal)[] steps)
    {
        var literals = new List<byte>();
        var literalMask = new List<byte>();
        var digitMask = new List<byte>();
        var offsets = new Dictionary<DatePart, int>();
        foreach ((DatePart part, byte literal) in steps)
        {
            int width = part switch
            {
                DatePart.Fraction => 0,
                DatePart.Year => 4,
                DatePart.MonthName => 3,
                DatePart.Literal or DatePart.Space => 1,
                _ => 2,
            };
            if (width == 0)
            {
                return null;
            }

            bool isLiteral = part is DatePart.Literal or DatePart.Space;
            if (!isLiteral)
            {
                offsets[part] = literals.Count;
            }

            for (int i = 0; i < width; i++)
            {
                literals.Add(isLiteral ? literal : (byte)0);
                literalMask.Add(isLiteral ? (byte)255 : (byte)0);
                digitMask.Add(isLiteral || part == DatePart.MonthName ? (byte)0 : (byte)255);
            }
        }

        return literals.Count <= 32 ? new FixedWidthDate([.. literals], [.. literalMask], [.. digitMask], offsets) : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryMatch(byte[] bytes, int start, int length, ref CivilTime time)
    {
        // Sixteen bytes are loaded whatever the length, so the buffer must go on that far.
        if (length != _length || start + 16 > bytes.Length)
        {
            return false;
        }

        ref byte text = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), start);
        if (!_head.Fits(Vector128.LoadUnsafe(ref text)))
        {
            return false;
        }

        if (length > 16 && !_tail.Fits(Vector128.LoadUnsafe(ref Unsafe.Add(ref text, length - 16))))
        {
            return false;
        }

        time.Year = (Two(ref text, _year) * 100) + Two(ref text, _year + 2);
        time.Day = Two(ref text, _day);
        if (!_monthName)
        {
            time.Month = Two(ref text, _month);
        }
        else if (!MonthNames.TryRead(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref text, _month), 3), out time.Month))
        {
            return false;
        }

        time.Hour = _hour < 0 ? 0 : Two(ref text, _hour);
        time.Minute = _minute < 0 ? 0 : Two(ref text, _minute);
        time.Second = _second < 0 ? 0 : Two(ref text, _second);
        return time.Exists;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Two(ref byte text, int at) =>
        ((Unsafe.Add(ref text, at) - '0') * 10) + Unsafe.Add(ref text, at + 1) - '0';

    /// <summary>Sixteen bytes of the layout: which are literals, and which, and which must be digits.</summary>
    private readonly struct Shape
    {
        private readonly Vector128<byte> _literals;
        private readonly Vector128<byte> _literalMask;
        private readonly Vector128<byte> _notDigits;

        public Shape(byte[] literals, byte[] literalMask, byte[] digitMask, int from)
        {
            _literals = Load(literals, from);
            _literalMask = Load(literalMask, from);
            _notDigits = ~Load(digitMask, from);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Fits(Vector128<byte> text)
        {
            Vector128<byte> wrong = (text ^ _literals) & _literalMask;
            Vector128<byte> digit = Vector128.LessThanOrEqual(text - Vector128.Create((byte)'0'), Vector128.Create((byte)9));
            return ((digit | _notDigits) & Vector128.Equals(wrong, Vector128<byte>.Zero)) == Vector128<byte>.AllBitsSet;
        }

        private static Vector128<byte> Load(byte[] source, int from)
        {
            Span<byte> padded = stackalloc byte[16];
            padded.Clear();
            source.AsSpan(from, Math.Min(16, source.Length - from)).CopyTo(padded);
            return Vector128.Create<byte>(padded);
        }
    }
}
