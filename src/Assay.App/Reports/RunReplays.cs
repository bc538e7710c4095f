using Assay.Store;

namespace Assay.App.Reports;

/// <summary>What later runs replayed of the rows that a run had set aside.</summary>
/// <param name="By">How many rows of which table, by run.</param>
/// <param name="Books">The run's books as they stand since, by table; empty when nothing was replayed, or silver was rebuilt.</param>
internal sealed record RunReplays(IReadOnlyList<(string RunId, string Table, long Rows)> By, IReadOnlyDictionary<string, RunBooks> Books)
{
    /// <summary>Finds out.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="run">The run.</param>
    /// <returns>What was replayed.</returns>
    /// <exception cref="StoreException">A list of replayed rows, or the state, cannot be read.</exception>
    public static RunReplays Of(AssayHome home, RunManifest run)
    {
        (string RunId, string Table, long Rows)[] by =
        [
            .. run.Books.Keys.SelectMany(table => ResolvedRows.Load(home, table, run.RunId).Runs.Select(replay => (replay.RunId, table, replay.Rows))),
        ];
        var books = new Dictionary<string, RunBooks>();
        if (by.Length > 0)
        {
            using StateDatabase? state = StateDatabase.OpenToRead(home);
            foreach (BooksEntry entry in state?.BooksOf(run.Pipeline, run.RunId) ?? [])
            {
                books[entry.Table] = entry.Books;
            }
        }

        return new RunReplays(by, books);
    }
}
