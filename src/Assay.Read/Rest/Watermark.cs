using System.Globalization;

namespace Assay.Read.Rest;

/// <summary>
/// The order of incremental cursors: other texts before plain numbers, and those before moments of ISO 8601. Numbers and moments go by
/// their values, other texts by ordinal order. So a word among moments, such as <c>n/a</c>, moves no watermark.
/// </summary>
/// <remarks>A moment without an offset is taken for UTC. Should that be wrong, the watermark is no later than the latest moment that
/// was seen all the same, as it is always one that was seen: some records come again, none is passed over.</remarks>
public static class Watermark
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
    private const DateTimeStyles Universal = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>The greater one of two.</summary>
    /// <param name="left">One, or null; an empty text is none.</param>
    /// <param name="right">The other, or null, which is less than any.</param>
    /// <returns>The greater one.</returns>
    public static string? Greater(string? left, string? right) =>
        string.IsNullOrEmpty(left) ? string.IsNullOrEmpty(right) ? null : right
        : string.IsNullOrEmpty(right) || Compare(left, right) >= 0 ? left : right;

    /// <summary>Compares two cursors.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Below zero when the first is less, above when it is greater, zero when they are the same, however they are written.</returns>
    public static int Compare(string left, string right)
    {
        (int Kind, decimal Value) first = Take(left);
        (int Kind, decimal Value) second = Take(right);
        return first.Kind == 0 && second.Kind == 0 ? string.CompareOrdinal(left, right) : first.CompareTo(second);
    }

    private static (int Kind, decimal Value) Take(string text) =>
        decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out decimal number) ? (1, number)
        : IsDate(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Universal, out DateTimeOffset moment) ? (2, moment.Ticks)
        : (0, 0);

    /// <summary>Whether a text begins as <c>2024-05-01</c> does.</summary>
    private static bool IsDate(string text) =>
        text.Length >= 10 && text[4] == '-' && text[7] == '-' && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[5]) && char.IsAsciiDigit(text[9]);
}
