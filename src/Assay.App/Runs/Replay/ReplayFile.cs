using System.Globalization;
using System.Text;
using Assay.Data;
using Assay.Read;

namespace Assay.App.Runs;

/// <summary>
/// A file of repaired rows: the fields of its source as CSV, and after them columns that say which record each row
/// is and what was wrong with it. <c>assay quarantine export</c> writes it, and a person edits it.
/// </summary>
internal static class ReplayFile
{
    /// <summary>The name of the format in bronze.</summary>
    public const string Format = "replay";

    /// <summary>The column that says what was wrong.</summary>
    public const string Reason = "_reason";

    /// <summary>The column with the file that the record came from.</summary>
    public const string File = "_source_file";

    /// <summary>The column with the record's number in that file.</summary>
    public const string Row = "_row";

    /// <summary>The column with the run that set the record aside.</summary>
    public const string Run = "_run";

    /// <summary>The column with the table whose quarantine it was in.</summary>
    public const string Table = "_table";

    private static readonly string[] Identity = [File, Row, Run];

    /// <summary>The columns after those of the fields.</summary>
    public static IReadOnlyList<string> OwnColumns { get; } = [Reason, File, Row, Run, Table];

    /// <summary>How it is read. Spreadsheets write semicolons in many countries, so the delimiter is found out.</summary>
    public static CsvOptions Options(int? blockSize)
    {
        var options = new CsvOptions();
        return blockSize is { } size ? options with { BlockSize = size } : options;
    }

    /// <summary>The names of a file's columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <returns>The names, in the header's order.</returns>
    /// <exception cref="ReadException">It has no header that can be read.</exception>
    public static IReadOnlyList<string> Header(string path, string name)
    {
        using CsvSource file = CsvSource.Open([path], [], Options(null), Format, [name]);
        return file.ExtraColumns;
    }

    /// <summary>Reads which records a file's rows are.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A row for each of the file's, in their order.</returns>
    /// <exception cref="ReadException">It cannot be read.</exception>
    /// <exception cref="RunException">A row is not well formed, or says only in part which record it is.</exception>
    public static IReadOnlyList<ReplayRow> Rows(string path, string name, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> header = Header(path, name);
        string[] missing = [.. Identity.Except(header)];
        if (missing.Length is > 0 and < 3)
        {
            throw new RunException(
                $"{name} lacks the column {string.Join(" and ", missing.Select(column => $"`{column}`"))}, so nobody knows which records its rows are; "
                + $"leave {string.Join(", ", Identity)} as they were exported");
        }

        string[] columns = [.. Identity.Append(Table).Intersect(header)];
        using CsvSource file = CsvSource.Open([path], columns, Options(null), Format, [name]);
        CsvCursor cursor = file.OpenCursor();
        FieldBatch batch = file.NewBatch();
        var rows = new List<ReplayRow>();
        while (cursor.ReadBlock(cancellationToken))
        {
            while (cursor.ReadBatch(batch))
            {
                for (int i = 0; i < batch.Count; i++)
                {
                    rows.Add(Read(batch, i, columns, name));
                }
            }
        }

        return rows;
    }

    private static ReplayRow Read(FieldBatch batch, int i, string[] columns, string name)
    {
        long number = batch.FirstRow + i;
        if (batch.HasFaults && batch.Faults[i] != FaultCode.None)
        {
            throw new RunException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}, row {number}: the row is damaged ({batch.Faults[i].Name()}); every row has as many cells as the header, and a cell with a quote, a delimiter or a line end is in quotes"));
        }

        string Cell(string column) => Array.IndexOf(columns, column) is var at and >= 0 ? Encoding.UTF8.GetString(batch.Field(at, i)).Trim() : "";
        (string file, string row, string run) = (Cell(File), Cell(Row), Cell(Run));
        string? table = Cell(Table) is { Length: > 0 } named ? named : null;
        if (file.Length + row.Length + run.Length == 0)
        {
            return new ReplayRow(number, null, table);
        }

        return file.Length > 0 && run.Length > 0 && long.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out long record) && record > 0
            ? new ReplayRow(number, new RecordName(run, file, record), table)
            : throw new RunException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}, row {number}: {File}, {Row} and {Run} do not name a record (`{file}`, `{row}`, `{run}`); leave them as they were exported, or empty in a row that is new"));
    }
}
