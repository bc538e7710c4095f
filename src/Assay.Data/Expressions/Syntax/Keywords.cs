using System.Collections.Frozen;

namespace Assay.Data;

/// <summary>The words that cannot name a column or function unless quoted.</summary>
internal static class Keywords
{
    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
        [
            "and", "as", "between", "case", "cast", "distinct", "else", "end", "false", "in", "is", "like", "not", "null",
            "or", "then", "true", "when",
        ],
        StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string word) => Words.Contains(word);

    public static bool IsPlainName(string name)
    {
        if (name.Length == 0 || !StartsName(name[0]) || Contains(name))
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!ContinuesName(c))
            {
                return false;
            }
        }

        return true;
    }

    public static bool StartsName(char c) => c == '_' || char.IsLetter(c);

    public static bool ContinuesName(char c) => c == '_' || char.IsLetterOrDigit(c);
}
