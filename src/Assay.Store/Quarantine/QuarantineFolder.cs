using System.Globalization;

namespace Assay.Store;

/// <summary>The quarantine of a table: a file for each run that set rows aside, and beside it, when some of them were replayed, a list of those.</summary>
public static class QuarantineFolder
{
    internal const string Header = "file,row,offset,column,code,value,expected,also,record";
    internal const string ResolvedSuffix = ".resolved.csv";

    private const string Suffix = ".csv";

    /// <summary>The tables that have one.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <returns>The tables' names, in their order.</returns>
    public static IReadOnlyList<string> Tables(AssayHome home)
    {
        string folder = Path.Combine(home.Root, "quarantine");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Where(name => name[0] != '.').Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>The runs that set rows of a table aside.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="table">The table.</param>
    /// <returns>The runs' names, oldest first.</returns>
    public static IReadOnlyList<string> Runs(AssayHome home, string table)
    {
        string folder = home.Quarantine(table);
        return Directory.Exists(folder)
            ?
            [
                .. Directory.EnumerateFiles(folder, "*" + Suffix)
                    .Select(path => Path.GetFileName(path))
                    .Where(name => name[0] != '.' && !name.EndsWith(ResolvedSuffix, StringComparison.Ordinal))
                    .Select(name => name[..^Suffix.Length])
                    .Order(StringComparer.Ordinal),
            ]
            : [];
    }

    /// <summary>A run's file.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="table">The table.</param>
    /// <param name="runId">The run.</param>
    /// <returns>A full path; there need be no such file.</returns>
    public static string PathOf(AssayHome home, string table, string runId) =>
        Path.Combine(home.Quarantine(table), AssayHome.Plain(runId) + Suffix);

    /// <summary>Reads a run's file, row by row.</summary>
    /// <param name="path">The file, from <see cref="PathOf"/>.</param>
    /// <returns>The rows, in the order of the input.</returns>
    /// <exception cref="StoreException">The file cannot be read, or is not a quarantine.</exception>
    public static IEnumerable<QuarantineRow> Read(string path)
    {
        bool isHeader = true;
        foreach (string[] fields in CsvRows.Read(path))
        {
            if (isHeader)
            {
                isHeader = string.Join(',', fields) == Header
                    ? false
                    : throw new StoreException(path, $"{path} is not a quarantine: its columns are not {Header}");
                continue;
            }

            yield return fields.Length == 9 && Number(fields[1]) is { } row && Number(fields[2]) is { } offset
                ? new QuarantineRow(fields[0], row, offset, fields[3], fields[4], fields[5], fields[6], fields[7], fields[8])
                : throw new StoreException(path, $"{path} has a row that is not a quarantine's: {fields.Length} fields, row `{fields.ElementAtOrDefault(1)}`; something else than Assay has written to it");
        }
    }

    internal static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
