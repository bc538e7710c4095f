using System.Globalization;
using System.Text;
using Assay.Data;
using Assay.DuckDb;

namespace Assay.Store.Tests.Silver;

/// <summary>Loads and reads small tables, with rows as arrays of cells: a long for anything that is no text, an
/// Int128 where that is too narrow, a string, or null.</summary>
internal static class SilverRows
{
    /// <summary>Loads rows and publishes them.</summary>
    public static SilverChange Load(
        AssayHome home, SilverTable table, IEnumerable<object?[]> rows, bool replaceAll = false, int threads = 2, int sinks = 2, int batch = 7)
    {
        SilverChange change = Stage(home, table, rows, replaceAll, threads, sinks, batch);
        SilverFiles.Apply(home, change.Renames, change.Removals);
        return change;
    }

    /// <summary>Loads rows and leaves the change to be applied.</summary>
    public static SilverChange Stage(
        AssayHome home,
        SilverTable table,
        IEnumerable<object?[]> rows,
        bool replaceAll = false,
        int threads = 2,
        int sinks = 2,
        int batch = 7,
        long[]? dropped = null,
        string runId = "r1",
        long? room = null,
        long? spill = null)
    {
        using SilverWorkspace workspace = SilverWorkspace.Open(home, runId, threads);
        workspace.RowRoom = room ?? workspace.RowRoom;
        workspace.SpillBytes = spill ?? workspace.SpillBytes;
        using var load = new SilverLoad(workspace, table);
        SilverSink[] open = [.. Enumerable.Range(0, sinks).Select(_ => load.OpenSink())];
        long sequence = 1;
        int turn = 0;
        foreach (object?[][] some in rows.Chunk(batch))
        {
            // Every batch begins with a row that is not kept.
            RowBatch filled = Fill(table.Schema, [some[0], .. some]);
            long[] sequences = [0, .. some.Select(_ => sequence++)];
            open[turn++ % sinks].Append(filled, sequences, [.. Enumerable.Range(1, some.Length)]);
        }

        return load.Merge(dropped ?? [], replaceAll, CancellationToken.None);
    }

    /// <summary>All rows of a snapshot as lines, ordered.</summary>
    public static string[] Read(AssayHome home, SilverSnapshot snapshot, Schema schema, int cursors = 2)
    {
        var lines = new List<string>();
        using SilverScan scan = SilverScan.Open(home, snapshot, schema, CancellationToken.None);
        SilverCursor[] open = [.. Enumerable.Range(0, cursors).Select(_ => scan.OpenCursor(new TextPool(), CancellationToken.None))];
        foreach (SilverCursor cursor in open)
        {
            using (cursor)
            {
                var batch = new RowBatch(schema, cursor.Texts, 100);
                while (cursor.Read(batch))
                {
                    lines.AddRange(Enumerable.Range(0, batch.Count).Select(row => Line(batch.Columns.Select(c => c.IsNull(row) ? null
                        : c.Type.Kind == ColumnKind.String ? cursor.Texts.GetString((int)c.Values[row])
                        : (object)c.Get(row)))));
                }
            }
        }

        Assert.Equal(scan.Count, lines.Count);
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>A row as a line.</summary>
    public static string Line(IEnumerable<object?> row) =>
        string.Join('|', row.Select(cell => Convert.ToString(cell ?? "∅", CultureInfo.InvariantCulture)));

    /// <summary>The published files and their bytes' fingerprints.</summary>
    public static string[] Fingerprints(AssayHome home, string table) => [.. SilverSnapshot.Current(home, table).Files.Select(
        f => $"{f} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(home.Root, f))))}")];

    /// <summary>What plain DuckDB answers to a query of one text.</summary>
    public static string Ask(string sql)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        using DuckDbReader reader = connection.Query(sql);
        Assert.True(reader.Read());
        return Encoding.UTF8.GetString(reader[0].Text(0));
    }

    public static long Micros(string moment) => DateTime.Parse(moment, CultureInfo.InvariantCulture).Ticks / 10 - (DateTime.UnixEpoch.Ticks / 10);

    public static long Days(string date) => DateOnly.Parse(date, CultureInfo.InvariantCulture).DayNumber - new DateOnly(1970, 1, 1).DayNumber;

    private static RowBatch Fill(Schema schema, object?[][] rows)
    {
        var batch = new RowBatch(schema, new TextPool(), rows.Length) { Count = rows.Length };
        for (int i = 0; i < schema.Columns.Count; i++)
        {
            Vector column = batch.Columns[i];
            column.IsWide = rows.Any(r => r[i] is Int128);
            for (int row = 0; row < rows.Length; row++)
            {
                object? cell = rows[row][i];
                column.Nulls[row] = cell is null;
                column.HasNulls |= cell is null;
                long narrow = cell switch { long value => value, string text => batch.Texts.Intern(text), _ => 0 };
                if (column.IsWide)
                {
                    column.Wide[row] = cell is Int128 wide ? wide : narrow;
                }
                else
                {
                    column.Values[row] = narrow;
                }
            }
        }

        return batch;
    }
}
