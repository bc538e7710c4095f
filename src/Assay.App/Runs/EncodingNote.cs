using Assay.Data;
using Assay.Read;

namespace Assay.App.Runs;

/// <summary>Tells of files that are most likely of another encoding than they are read as.</summary>
internal static class EncodingNote
{
    /// <summary>Warns of tables of which more than half of the records are not valid UTF-8.</summary>
    /// <param name="outcome">What the run came to.</param>
    /// <param name="progress">Is told.</param>
    public static void Warn(RunOutcome outcome, RunProgress progress)
    {
        foreach (TableOutcome table in outcome.Tables.Where(table => table.Plan.Table.Parent is null))
        {
            long invalid = table.Quality.RecordFaults.Where(fault => fault.Code == FaultCode.InvalidUtf8).Sum(fault => fault.Rows);
            if (invalid > table.Quality.Read / 2
                && outcome.Pipeline.Sources.FirstOrDefault(source => source.Name == table.Plan.Table.From) is { Format: "csv", Encoding: CsvEncoding.Utf8 } source)
            {
                progress.Warn($"{invalid} of {table.Quality.Read} records of source `{source.Name}` are not valid UTF-8; "
                    + "if its files are of another encoding, say so there: `encoding: windows-1252` (or `latin-1`, `utf-16`)");
            }
        }
    }
}
