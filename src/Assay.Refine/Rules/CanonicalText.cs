using System.Globalization;

namespace Assay.Refine;

/// <summary>Texts as one text, each with its length before it, so that no two different lists give the same.</summary>
public static class CanonicalText
{
    /// <summary>Joins texts.</summary>
    /// <param name="parts">The texts, in an order that counts.</param>
    /// <returns>For example <c>4:trim0:</c>.</returns>
    public static string Of(params IReadOnlyList<string> parts) =>
        string.Concat(parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Length}:{part}")));
}
