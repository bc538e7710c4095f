namespace Assay.App.Generate;

/// <summary>Writes numbers as ASCII digits.</summary>
internal static class Digits
{
    /// <summary>The most bytes of a 64-bit number: a sign, 19 digits, a point, and a zero before it.</summary>
    public const int MaxBytes = 22;

    /// <summary>Writes a decimal.</summary>
    /// <param name="destination">At least <see cref="MaxBytes"/> long.</param>
    /// <param name="units">The value in units of 10^-scale.</param>
    /// <param name="scale">Digits after the point.</param>
    /// <param name="leastScale">Zeros at the end are left out down to this number of digits after the point.</param>
    /// <returns>The bytes written.</returns>
    public static int Write(Span<byte> destination, long units, int scale, int leastScale)
    {
        ulong rest = (ulong)Math.Abs(units);
        while (scale > leastScale && rest % 10 == 0)
        {
            rest /= 10;
            scale--;
        }

        int sign = units < 0 ? 1 : 0;
        int end = sign + Math.Max(Count(rest), scale + 1) + (scale > 0 ? 1 : 0);
        destination[0] = (byte)'-';
        int at = end;
        if (scale > 0)
        {
            for (int i = 0; i < scale; i++)
            {
                (rest, ulong digit) = Math.DivRem(rest, 10);
                destination[--at] = (byte)('0' + digit);
            }

            destination[--at] = (byte)'.';
        }

        Fill(destination[sign..at], rest);
        return end;
    }

    /// <summary>Writes a whole number with zeros in front.</summary>
    /// <param name="destination">At least <see cref="MaxBytes"/> and <paramref name="width"/> + 1 long.</param>
    /// <param name="value">The number.</param>
    /// <param name="width">The least number of digits.</param>
    /// <returns>The bytes written.</returns>
    public static int WritePadded(Span<byte> destination, long value, int width)
    {
        ulong magnitude = (ulong)Math.Abs(value);
        int sign = value < 0 ? 1 : 0;
        int end = sign + Math.Max(Count(magnitude), width);
        destination[0] = (byte)'-';
        Fill(destination[sign..end], magnitude);
        return end;
    }

    /// <summary>Fills the whole span with the digits of a number, zeros in front.</summary>
    public static void Fill(Span<byte> destination, ulong value)
    {
        for (int i = destination.Length - 1; i >= 0; i--)
        {
            (value, ulong digit) = Math.DivRem(value, 10);
            destination[i] = (byte)('0' + digit);
        }
    }

    private static int Count(ulong value)
    {
        int count = 1;
        for (; value >= 10; value /= 10)
        {
            count++;
        }

        return count;
    }
}
