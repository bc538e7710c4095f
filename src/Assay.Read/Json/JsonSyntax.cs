using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Read;

/// <summary>
/// The grammar of JSON (RFC 8259), each rule a function from the place where it begins to the place after it. A place
/// that is negative is the complement of that of the first byte that cannot be.
/// </summary>
/// <remarks>
/// A zero byte must follow the text: it is in no rule, so nothing runs past it. 16 bytes after it must be there to
/// be loaded.
/// </remarks>
internal sealed class JsonSyntax
{
    /// <summary>The most levels of objects and lists that a record may have, itself the first; as deep as common readers go.</summary>
    public const int MostLevels = 64;

    private ulong[] _objects = new ulong[1];

    /// <summary>What could have stood at the last place that was refused.</summary>
    public string Expected { get; private set; } = "";

    /// <summary>Whether something was nested too deeply; stays set until it is reset.</summary>
    public bool IsTooDeep { get; set; }

    /// <summary>Refuses a place.</summary>
    /// <param name="at">The place.</param>
    /// <param name="expected">What could have stood there.</param>
    /// <returns>The place's complement.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Refuse(int at, string expected)
    {
        Expected = expected;
        return ~at;
    }

    /// <summary>Passes over white space.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="at">Where it may begin.</param>
    /// <returns>The place of the first byte that is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Space(ref byte bytes, int at) =>
        Unsafe.Add(ref bytes, at) > ' ' ? at
        : Unsafe.Add(ref bytes, at) == ' ' && Unsafe.Add(ref bytes, at + 1) > ' ' ? at + 1
        : LongSpace(ref bytes, at);

    /// <summary>Passes over a string.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="at">The place after its opening quote.</param>
    /// <param name="escaped">Set when there are escapes in it; otherwise left alone.</param>
    /// <returns>The place after its closing quote.</returns>
    public int String(ref byte bytes, int at, ref bool escaped)
    {
        while (true)
        {
            Vector128<byte> text = Vector128.LoadUnsafe(ref bytes, (nuint)at);
            uint special = (Vector128.Equals(text, Vector128.Create((byte)'"'))
                | Vector128.Equals(text, Vector128.Create((byte)'\\'))
                | Vector128.Equals(Vector128.Min(text, Vector128.Create((byte)0x1F)), text)).ExtractMostSignificantBits();
            if (special == 0)
            {
                at += Vector128<byte>.Count;
                continue;
            }

            at += System.Numerics.BitOperations.TrailingZeroCount(special);
            byte found = Unsafe.Add(ref bytes, at);
            if (found == '"')
            {
                return at + 1;
            }

            if (found != '\\')
            {
                return Refuse(at, "a closing quote");
            }

            escaped = true;
            at = Escape(ref bytes, at + 1);
            if (at < 0)
            {
                return at;
            }
        }
    }

    /// <summary>Passes over any value.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="level">How many objects and lists it stands in.</param>
    /// <returns>The place after it.</returns>
    public int Value(ref byte bytes, int at, int level)
    {
        int inside = 0;
        while (true)
        {
            byte first = Unsafe.Add(ref bytes, at);
            if (first is (byte)'{' or (byte)'[')
            {
                Open(inside++, first == '{');
                IsTooDeep |= level + inside > MostLevels;
                at = Space(ref bytes, at + 1);
                if (Unsafe.Add(ref bytes, at) == first + 2)
                {
                    inside--;
                    at++;
                }
                else if (first == '[')
                {
                    continue;
                }
                else if ((at = Name(ref bytes, at)) >= 0)
                {
                    continue;
                }
            }
            else
            {
                at = Scalar(ref bytes, at);
            }

            if (at < 0)
            {
                return at;
            }

            at = After(ref bytes, at, ref inside);
            if (at < 0 || inside == 0)
            {
                return at;
            }
        }
    }

    /// <summary>Passes over a string, a number, or a word.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="at">Where it begins.</param>
    /// <returns>The place after it.</returns>
    public int Scalar(ref byte bytes, int at)
    {
        bool escaped = false;
        return Unsafe.Add(ref bytes, at) switch
        {
            (byte)'"' => String(ref bytes, at + 1, ref escaped),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Number(ref bytes, at),
            (byte)'t' => Word(ref bytes, at, "true"),
            (byte)'f' => Word(ref bytes, at, "false"),
            (byte)'n' => Word(ref bytes, at, "null"),
            _ => Refuse(at, "a value"),
        };
    }

    private static int LongSpace(ref byte bytes, int at)
    {
        while (true)
        {
            Vector128<byte> text = Vector128.LoadUnsafe(ref bytes, (nuint)at);
            uint other = ~(Vector128.Equals(text, Vector128.Create((byte)' '))
                | Vector128.Equals(text, Vector128.Create((byte)'\n'))
                | Vector128.Equals(text, Vector128.Create((byte)'\r'))
                | Vector128.Equals(text, Vector128.Create((byte)'\t'))).ExtractMostSignificantBits() & 0xFFFF;
            if (other != 0)
            {
                return at + System.Numerics.BitOperations.TrailingZeroCount(other);
            }

            at += Vector128<byte>.Count;
        }
    }

    private static int Digits(ref byte bytes, int at)
    {
        while ((uint)(Unsafe.Add(ref bytes, at) - '0') <= 9)
        {
            at++;
        }

        return at;
    }

    /// <summary>Remembers whether a level is an object; the only state that grows with depth, by a bit a level.</summary>
    private void Open(int level, bool isObject)
    {
        int word = level >> 6;
        if (word == _objects.Length)
        {
            Array.Resize(ref _objects, word * 2);
        }

        ulong bit = 1UL << level;
        _objects[word] = isObject ? _objects[word] | bit : _objects[word] & ~bit;
    }

    private bool IsObject(int level) => (_objects[level >> 6] >> level & 1) != 0;

    /// <summary>What may follow a value inside others: closes, and then a comma, up to the next value.</summary>
    private int After(ref byte bytes, int at, ref int inside)
    {
        while (inside > 0)
        {
            at = Space(ref bytes, at);
            bool isObject = IsObject(inside - 1);
            byte next = Unsafe.Add(ref bytes, at);
            if (next == ',')
            {
                at = Space(ref bytes, at + 1);
                return isObject ? Name(ref bytes, at) : at;
            }

            if (next != (isObject ? '}' : ']'))
            {
                return Refuse(at, isObject ? "`,` or `}`" : "`,` or `]`");
            }

            inside--;
            at++;
        }

        return at;
    }

    /// <summary>A name and its colon, up to the value.</summary>
    private int Name(ref byte bytes, int at)
    {
        if (Unsafe.Add(ref bytes, at) != '"')
        {
            return Refuse(at, "a name in quotes");
        }

        bool escaped = false;
        at = String(ref bytes, at + 1, ref escaped);
        return at < 0 ? at : Colon(ref bytes, at);
    }

    /// <summary>Passes over a colon and the white space around it.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="at">The place after the name.</param>
    /// <returns>The place of the value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Colon(ref byte bytes, int at)
    {
        at = Space(ref bytes, at);
        return Unsafe.Add(ref bytes, at) == ':' ? Space(ref bytes, at + 1) : Refuse(at, "`:`");
    }

    private int Escape(ref byte bytes, int at)
    {
        byte kind = Unsafe.Add(ref bytes, at);
        if (kind != 'u')
        {
            return "\"\\/bfnrt"u8.Contains(kind) ? at + 1 : Refuse(at, "one of \" \\ / b f n r t u");
        }

        for (int i = 0; i < 4; i++)
        {
            if (!char.IsAsciiHexDigit((char)Unsafe.Add(ref bytes, ++at)))
            {
                return Refuse(at, "a hexadecimal digit");
            }
        }

        return at + 1;
    }

    private int Number(ref byte bytes, int at)
    {
        at += Unsafe.Add(ref bytes, at) == '-' ? 1 : 0;
        int whole = at;
        at = Unsafe.Add(ref bytes, at) == '0' ? at + 1 : Digits(ref bytes, at);
        if (at == whole)
        {
            return Refuse(at, "a digit");
        }

        if (Unsafe.Add(ref bytes, at) == '.')
        {
            int part = Digits(ref bytes, at + 1);
            if (part == at + 1)
            {
                return Refuse(part, "a digit");
            }

            at = part;
        }

        if ((Unsafe.Add(ref bytes, at) | 0x20) == 'e')
        {
            int sign = Unsafe.Add(ref bytes, at + 1) is (byte)'+' or (byte)'-' ? 1 : 0;
            int power = Digits(ref bytes, at + 1 + sign);
            return power > at + 1 + sign ? power : Refuse(power, "a digit");
        }

        return at;
    }

    private int Word(ref byte bytes, int at, string word)
    {
        foreach (char letter in word)
        {
            if (Unsafe.Add(ref bytes, at) != letter)
            {
                return Refuse(at, word);
            }

            at++;
        }

        return at;
    }
}
