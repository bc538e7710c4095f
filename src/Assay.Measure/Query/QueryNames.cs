using System.Text;
using Assay.Data;

namespace Assay.Measure.Query;

/// <summary>Names of a statement's columns: what people would call them, unique whatever the case of letters, and legal in every database.</summary>
internal sealed class QueryNames
{
    /// <summary>The most bytes of a name: PostgreSQL cuts what is longer than 63, and three are left to tell twins apart.</summary>
    private const int MostBytes = 60;

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gives a name that is not taken.</summary>
    /// <param name="wanted">What it should be.</param>
    /// <returns>That, or the like of it.</returns>
    public string Take(string wanted)
    {
        string legal = Legal(wanted);
        string name = legal;
        for (int twin = 2; !_taken.Add(name); twin++)
        {
            name = $"{legal}_{twin}";
        }

        return name;
    }

    /// <summary>An expression as a name, such as <c>sum_price_quantity</c>.</summary>
    public static string Of(Expression expression) => Words(expression.ToString());

    private static string Words(string text)
    {
        var name = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                name.Append(rune);
            }
            else if (name.Length > 0 && name[^1] != '_')
            {
                name.Append('_');
            }
        }

        return name.ToString().TrimEnd('_');
    }

    /// <summary>MySQL takes no character beyond U+FFFF, and no space at the end; no database takes NUL.</summary>
    private static string Legal(string wanted)
    {
        var name = new StringBuilder();
        int bytes = 0;
        foreach (Rune rune in wanted.Trim().EnumerateRunes())
        {
            Rune legal = Rune.IsControl(rune) || rune.Value > char.MaxValue ? new Rune('_') : rune;
            bytes += legal.Utf8SequenceLength;
            if (bytes > MostBytes)
            {
                break;
            }

            name.Append(legal);
        }

        string cut = name.ToString().TrimEnd();
        return cut.Length == 0 ? "column" : cut;
    }
}
