using Assay.Data;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>What a run read, for its manifest.</summary>
internal static class RunInputs
{
    /// <summary>The inputs of all tables, each once.</summary>
    /// <param name="tables">The tables; those of one source share a list.</param>
    /// <returns>The inputs in the tables' order. Pages of an API are inputs, too, so the list does not hold them but makes them.</returns>
    public static IReadOnlyList<RunInput> Of(IReadOnlyList<TableOutcome> tables)
    {
        IReadOnlyList<RunInput> all = DerivedList<RunInput>.Join(tables.Select(table => table.Inputs).Distinct());
        var met = new HashSet<UInt128>(all.Count);
        var first = new List<int>(all.Count);
        for (int i = 0; i < all.Count; i++)
        {
            RunInput input = all[i];
            if (met.Add(TextDigest.Of($"{input.Bytes} {input.Sha256} {input.Seen} {input.Source}\n{input.Path}")))
            {
                first.Add(i);
            }
        }

        return first.Count == all.Count ? all : new DerivedList<RunInput>(first.Count, i => all[first[i]]);
    }
}
