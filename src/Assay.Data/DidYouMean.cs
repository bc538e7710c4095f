namespace Assay.Data;

/// <summary>Finds the name that somebody meant: the nearest of those known, by the keys they would have had to press differently.</summary>
public static class DidYouMean
{
    // The distance takes time by the product of the lengths, and nobody mistypes a word of this length.
    private const int LongestWord = 64;

    /// <summary>A hint that names the nearest name.</summary>
    /// <param name="word">The name that is not known.</param>
    /// <param name="known">The names that are.</param>
    /// <returns>For example <c>did you mean `columns`?</c>, or null when none is near.</returns>
    public static string? Hint(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } name ? $"did you mean `{name}`?" : null;

    /// <summary>The nearest name.</summary>
    /// <param name="word">The name that is not known.</param>
    /// <param name="known">The names that are.</param>
    /// <returns>The one that takes the fewest changes, the first of several; null when that is more than about a third
    /// of the word's letters.</returns>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length > LongestWord)
        {
            return null;
        }

        string? nearest = null;
        int least = Math.Max(1, (word.Length + 1) / 3) + 1;
        foreach (string name in known)
        {
            // A word shares at least a letter with what it stands for.
            int distance = Math.Abs(name.Length - word.Length) < least ? Distance(word, name) : least;
            if (distance < least && distance < Math.Max(word.Length, name.Length))
            {
                nearest = name;
                least = distance;
            }
        }

        return nearest;
    }

    /// <summary>
    /// How many letters must be inserted, deleted, replaced or swapped with their neighbour to make one word of
    /// the other, without regard to case (the optimal string alignment distance).
    /// </summary>
    private static int Distance(string from, string to)
    {
        int[] before = new int[to.Length + 1];
        int[] last = new int[to.Length + 1];
        int[] row = new int[to.Length + 1];
        for (int j = 0; j <= to.Length; j++)
        {
            last[j] = j;
        }

        for (int i = 1; i <= from.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replace = Same(from[i - 1], to[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + replace);
                if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]))
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[to.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
