using System.Globalization;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Finds the records that the rows of a replay take the place of.</summary>
internal static class ReplayTargets
{
    /// <summary>Finds them.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="source">The source.</param>
    /// <param name="loaded">Its files, in the order that they were loaded in.</param>
    /// <param name="file">The replay's file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The records, each once, in the order of the replay's rows. Rows that are new have none.</returns>
    /// <exception cref="Read.ReadException">The file cannot be read.</exception>
    /// <exception cref="RunException">A row names a record that was never loaded.</exception>
    /// <exception cref="StoreException">A manifest cannot be read.</exception>
    public static IReadOnlyList<ReplayTarget> Of(
        AssayHome home, string source, IReadOnlyList<LoadedFile> loaded, SourceFile file, CancellationToken cancellationToken)
    {
        IReadOnlyList<ReplayRow> rows = ReplayFile.Rows(file.Path, file.Name, cancellationToken);
        var names = new BronzeNames(home, source);
        var replaced = ReplacedRecords.Of(home, source, loaded, cancellationToken);
        var byHash = loaded.ToDictionary(one => one.Sha256, StringComparer.Ordinal);
        var targets = new List<ReplayTarget>();
        var seen = new HashSet<RecordId>();
        foreach (ReplayRow row in rows)
        {
            if (row.Record is not { } record)
            {
                continue;
            }

            BronzeFile? named = names.Find(record.RunId, record.File);
            RecordId current = named is null ? default : replaced.Current(new RecordId(named.Manifest.Sha256, record.Row));
            if (named is null || !byHash.TryGetValue(current.Sha256, out LoadedFile? of) || current.Row > of.Rows || names.NameIn(of.RunId, of) is not { } name)
            {
                throw new RunException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file.Name}, row {row.Number}: run {record.RunId} loaded no record {record.Row} of `{record.File}` for source `{source}`; "
                    + $"leave {ReplayFile.File}, {ReplayFile.Row} and {ReplayFile.Run} as they were exported, or empty in a row that is new"));
            }

            if (seen.Add(current))
            {
                targets.Add(new ReplayTarget(row.Number, current, of, name));
            }
        }

        return targets;
    }
}
