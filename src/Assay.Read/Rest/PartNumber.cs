using System.Globalization;

namespace Assay.Read.Rest;

/// <summary>Numbers whose ordinal order as text is their order as numbers.</summary>
internal static class PartNumber
{
    /// <summary>Writes a number: five digits; from 100,000 on all its digits, after one letter that tells how many there are
    /// (<c>a</c> for six, <c>b</c> for seven). Letters come after digits, so <c>99999</c> comes before <c>a100000</c>,
    /// and that before <c>b1000000</c>, without knowing beforehand how many there will be.</summary>
    /// <param name="number">The number, from 0.</param>
    /// <returns>The text.</returns>
    public static string Of(long number)
    {
        string digits = number.ToString("D5", CultureInfo.InvariantCulture);
        return digits.Length == 5 ? digits : $"{(char)('a' + digits.Length - 6)}{digits}";
    }
}
