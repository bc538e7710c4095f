using Assay.Data;

namespace Assay.App.Reports;

/// <summary>Rates as reports give them: six digits, half to even.</summary>
internal static class Ratio
{
    private const int Scale = 6;

    /// <summary>A part of a whole; 0 of nothing is 0.</summary>
    public static string Of(long part, long whole) => whole == 0
        ? Decimals.Format(0, Scale)
        : Decimals.Format(Divide(part, whole), Scale);

    private static Int128 Divide(long part, long whole)
    {
        (Int128 quotient, Int128 rest) = Int128.DivRem(part * Decimals.PowerOfTen(Scale), whole);
        Int128 twice = rest * 2;
        return twice > whole || (twice == whole && Int128.IsOddInteger(quotient)) ? quotient + 1 : quotient;
    }
}
