using System.Text;

namespace Assay.Refine.Quality;

/// <summary>Hides personal data in what people read: only the first and last two characters stay, and none of texts of four or fewer.</summary>
public static class Masking
{
    private const int Shown = 2;

    /// <summary>Masks a text.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>As many characters (Unicode code points), hidden ones as <c>*</c>.</returns>
    public static string Mask(string text)
    {
        Rune[] characters = [.. text.EnumerateRunes()];
        bool isShort = characters.Length <= 2 * Shown;
        var masked = new StringBuilder(text.Length);
        for (int i = 0; i < characters.Length; i++)
        {
            masked.Append(!isShort && (i < Shown || i >= characters.Length - Shown) ? characters[i].ToString() : "*");
        }

        return masked.ToString();
    }
}
