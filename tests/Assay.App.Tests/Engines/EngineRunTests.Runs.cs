using Assay.App.Runs;
using Assay.Data;
using Assay.Sql;
using Assay.Store;
using Assay.Store.Tests.Engines;

namespace Assay.App.Tests.Engines;

/// <summary>What the table of runs in the database tells.</summary>
public abstract partial class EngineRunTests
{
    [EngineFact]
    public void Run_WhenItEnds_ThenTheTableOfRunsTellsHow()
    {
        string people = _home.Customers(Asha);
        RunOutcome done = _home.Run(people, _home.Orders("first.xml", Line("ORD-1", Asha, "2025-09-30", "100.00")), On);
        string bad = _home.Orders("bad.xml", Line("ORD-2", Asha, "2025-10-30", "1.00"), Line("ORD-3", Asha, "never", "1.00"));
        Assert.Throws<CheckException>(() => _home.Run(orders: bad, options: On));
        string broken = _home.Write("broken.xml", "<orders><order>");
        Assert.Throws<RunException>(() => _home.Run(orders: broken, options: On));

        using EngineSession session = Open();
        string started = RunManifest.Load(_home.Home, done.RunId)!.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        string[] runs = [.. Runs(session).Order(StringComparer.Ordinal)];
        Assert.StartsWith($"{done.RunId}|orders|{Engine}|completed|{done.Books.Read}|{done.Books.Accepted}|{done.Books.Quarantined}|{started}", runs[0], StringComparison.Ordinal);
        Assert.Equal(["checks_failed|||", "failed|||"], runs[1..].Select(run => string.Join('|', run.Split('|')[3..7])));
    }

    private static List<string> Runs(EngineSession session)
    {
        (string Name, ColumnType Type)[] columns =
        [
            ("run_id", ColumnType.String), ("pipeline", ColumnType.String), ("engine", ColumnType.String), ("status", ColumnType.String),
            ("rows_read", ColumnType.Integer), ("rows_accepted", ColumnType.Integer), ("rows_rejected", ColumnType.Integer), ("started_at", ColumnType.Timestamp),
        ];
        var select = new SelectStatement
        {
            Columns = [.. columns.Select(column => new SelectColumn(column.Name, new SqlColumnReference(null, column.Name, column.Type)))],
            From = new SqlSource("pipeline_runs"),
        };
        var texts = new TextPool();
        using EngineReader reader = session.Query(select, texts);
        var rows = new RowBatch(select.Result, texts);
        var runs = new List<string>();
        while (reader.Read(rows))
        {
            for (int row = 0; row < rows.Count; row++)
            {
                runs.Add(string.Join('|', rows.Columns.Select(vector => vector.IsNull(row) ? ""
                    : vector.Type.Kind == ColumnKind.String ? texts.GetString((int)vector.Values[row])
                    : vector.Type.Kind == ColumnKind.Timestamp ? CellText.Of(DateTime.UnixEpoch.AddTicks(vector.Values[row] * 10), vector.Type)
                    : vector.Values[row].ToString(System.Globalization.CultureInfo.InvariantCulture))));
            }
        }

        return runs;
    }
}
