namespace Assay.Refine.Quality;

/// <summary>Hides personal data in what people read: only the first and last two characters stay, and none of short texts.</summary>
public static class Masking
{
    /// <summary>Masks a text.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>As many characters, hidden ones as <c>*</c>.</returns>
    public static string Mask(string text) => text.Length <= 4
        ? new string('*', text.Length)
        : string.Concat(text.AsSpan(0, 2), new string('*', text.Length - 4), text.AsSpan(text.Length - 2));
}
