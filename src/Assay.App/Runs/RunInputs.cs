using Assay.Data;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>What a run read, for its manifest.</summary>
internal static class RunInputs
{
    /// <summary>The inputs of all tables, each once.</summary>
    /// <param name="tables">The tables; those of one source share a list.</param>
    /// <returns>The inputs in the tables' order. Pages of an API are inputs, too, so the list does not hold them but makes them.</returns>
    public static IReadOnlyList<RunInput> Of(IReadOnlyList<TableOutcome> tables) => Distinct(tables.Select(table => table.Inputs));

    /// <summary>The items of lists, each once.</summary>
    /// <param name="lists">The lists; one that is there several times counts once.</param>
    /// <returns>The items in the lists' order.</returns>
    public static IReadOnlyList<RunInput> Distinct(IEnumerable<IReadOnlyList<RunInput>> lists)
    {
        IReadOnlyList<RunInput> all = DerivedList<RunInput>.Join(lists.Distinct());
        if (all.Count == 1)
        {
            // The run of one file does without the library of digests, which is 5 MB.
            return all;
        }

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
