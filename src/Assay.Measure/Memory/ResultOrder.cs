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
        (ResultColumn Column, bool Descending)[] all = [.. terms.Select(term => (columns[term.Column], term.Descending)),
            .. columns.Where((_, i) => !terms.Any(term => term.Column == i)).Select(column => (column, false)),
            .. keys.Select(column => (column, false))];
        Array.Sort(rows, (left, right) =>
        {
            foreach ((ResultColumn column, bool descending) in all)
            {
                int order = column.Compare(left, right, descending);
                if (order != 0)
                {
                    return order;
                }
            }

            return 0;
        });
    }
}
