using Assay.Read;
using Assay.Refine;

namespace Assay.App.Runs;

/// <summary>
/// The columns that files in bronze lack which a rebuild reads again. A column that came later is missing in the files before
/// it, as it was when they were loaded; one that no file has is more likely mistyped.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="plans">How the source's records become rows, by all its tables.</param>
internal sealed class LackedColumns(string source, IReadOnlyList<CleaningPlan> plans)
{
    private const int FilesShown = 5;

    private readonly SortedDictionary<string, List<string>> _lacking = new(StringComparer.Ordinal);
    private int _files;

    /// <summary>The fields that a file may lack which was loaded before: those of which no column is required.</summary>
    public IReadOnlyCollection<string> Optional { get; } =
    [
        .. plans.SelectMany(plan => plan.Table.Columns).GroupBy(column => column.Field, StringComparer.Ordinal)
            .Where(columns => columns.All(column => !column.Required)).Select(columns => columns.Key),
    ];

    /// <summary>Notes what a file lacks, once it was read.</summary>
    /// <param name="file">What it is called.</param>
    /// <param name="read">Its records.</param>
    public void Note(string file, IRecordSource read)
    {
        _files++;
        foreach (string column in read.Lacking)
        {
            if (!_lacking.TryGetValue(column, out List<string>? files))
            {
                _lacking[column] = files = [];
            }

            files.Add(file);
        }
    }

    /// <summary>Says what was missing, once all files of the source were read.</summary>
    /// <param name="known">The columns that the files have and no table reads.</param>
    /// <returns>A warning; null when nothing was missing.</returns>
    /// <exception cref="ReadException">A column is in none of the files.</exception>
    public string? Tell(IEnumerable<string> known)
    {
        foreach ((string column, List<string> files) in _lacking.Where(lacked => lacked.Value.Count == _files))
        {
            string near = Data.DidYouMean.Nearest(column, known) is { } close ? $" (did you mean '{close}'?)" : "";
            throw new ReadException(
                ReadErrorKind.MissingColumn,
                source,
                files[0],
                $"no file of source `{source}` has the column '{column}'{near}; give a file that has it along with --full-refresh, or take the column out of the pipeline")
            {
                Column = column,
            };
        }

        return _lacking.Count == 0 ? null
            : $"files of `{source}` that were loaded before lack columns, which are missing values there: "
                + string.Join("; ", _lacking.Select(lacked => $"`{lacked.Key}` in {Files(lacked.Value)}"));
    }

    private static string Files(List<string> files) =>
        string.Join(", ", files.Take(FilesShown)) + (files.Count > FilesShown ? $" and {files.Count - FilesShown} more" : "");
}
