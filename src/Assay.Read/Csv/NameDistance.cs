namespace Assay.Read;

/// <summary>Finds the name that a wrong one was probably meant to be.</summary>
internal static class NameDistance
{
    /// <summary>The closest of some names, if one is close.</summary>
    /// <param name="name">The name that was not found.</param>
    /// <param name="known">The names that are there.</param>
    /// <returns>The best match within a third of the name's length, letter case and the signs between words
    /// left out of account; null when there is none.</returns>
    public static string? Closest(string name, IEnumerable<string> known)
    {
        string wanted = Plain(name);
        string? best = null;
        int bestDistance = Math.Max(1, wanted.Length / 3) + 1;
        foreach (string candidate in known)
        {
            string plain = Plain(candidate);
            if (plain.Length == 0 || Math.Abs(plain.Length - wanted.Length) >= bestDistance)
            {
                continue;
            }

            int distance = Distance(wanted, plain);
            if (distance < bestDistance)
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    private static string Plain(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>The Levenshtein distance: single-character insertions, deletions and replacements.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
