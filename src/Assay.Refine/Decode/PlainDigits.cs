using System.Runtime.CompilerServices;

namespace Assay.Refine.Decode;

/// <summary>Plain ASCII numbers straight from bytes: the common case of a number column.</summary>
internal static class PlainDigits
{
    /// <summary>Reads 1 to 18 digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> raw, out long value)
    {
        long sum = 0;
        foreach (byte b in raw)
        {
            uint digit = (uint)(b - '0');
            if (digit > 9)
            {
                value = 0;
                return false;
            }

            sum = (sum * 10) + digit;
        }

        value = sum;
        return true;
    }

    /// <summary>Reads 1 to 18 digits with at most one point among them.</summary>
    /// <param name="raw">The bytes, at most 18.</param>
    /// <param name="units">The digits as one whole number.</param>
    /// <param name="decimals">How many of them stand after the point.</param>
    /// <returns>False when there is anything else, or no digit.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadDecimal(ReadOnlySpan<byte> raw, out long units, out int decimals)
    {
        long sum = 0;
        int point = -1;
        for (int i = 0; i < raw.Length; i++)
        {
            uint digit = (uint)(raw[i] - '0');
            if (digit <= 9)
            {
                sum = (sum * 10) + digit;
            }
            else if (raw[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                units = 0;
                decimals = 0;
                return false;
            }
        }

        units = sum;
        decimals = point < 0 ? 0 : raw.Length - 1 - point;
        return raw.Length > 1 || point < 0;
    }
}
