using System.Globalization;

namespace Assay.Read.Rest;

/// <summary>The order of incremental cursors: what reads as plain numbers is compared as such, anything else by ordinal text order.</summary>
internal static class Watermark
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>The greater one of two.</summary>
    /// <param name="left">One, or null.</param>
    /// <param name="right">The other, or null, which is less than any.</param>
    /// <returns>The greater one.</returns>
    public static string? Greater(string? left, string? right) =>
        left is null ? right : right is null || Compare(left, right) >= 0 ? left : right;

    private static int Compare(string left, string right) =>
        decimal.TryParse(left, Plain, CultureInfo.InvariantCulture, out decimal first) && decimal.TryParse(right, Plain, CultureInfo.InvariantCulture, out decimal second)
            ? first.CompareTo(second)
            : string.CompareOrdinal(left, right);
}
