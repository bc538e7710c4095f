namespace Assay.Measure.Memory;

/// <summary>Puts the rows of a result into their order: by the declared terms, then by all columns, ascending.</summary>
internal static class ResultOrder
{
    /// <param name="rows">The rows; they are put into their order.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="terms">The declared terms.</param>
    /// <param name="keys">The exact keys, for rows that are the same when rounded: no two groups have the same.</param>
    public static void Sort(int[] rows, ResultColumn[] columns, IReadOnlyList<(int Column, bool Descending)> terms, ResultColumn[] keys)
    {
        List<ResultColumn> all = [.. terms.Select(term => columns[term.Column]), .. columns, .. keys];
        Array.Sort(rows, (left, right) =>
        {
            // Columns that the terms name come again, and find no difference then.
            for (int i = 0; i < all.Count; i++)
            {
                int order = all[i].Compare(left, right, i < terms.Count && terms[i].Descending);
                if (order != 0)
                {
                    return order;
                }
            }

            return 0;
        });
    }
}
