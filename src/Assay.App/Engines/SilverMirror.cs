using System.Globalization;
using Assay.App.Runs;
using Assay.Data;
using Assay.Sql;
using Assay.Store;

namespace Assay.App.Engines;

/// <summary>
/// Keeps a database's tables equal to silver. The database remembers the content of each part that it holds, so that
/// only parts that differ are written, whichever run or machine wrote them last; a table of which everything differs is
/// written whole.
/// </summary>
internal sealed class SilverMirror(EngineTables tables, RunOptions options, RunProgress progress)
{
    /// <summary>So many ranges in one condition, and writing the whole table is the simpler way.</summary>
    private const int MostRanges = 100;

    private readonly List<Difference> _differences = [];

    /// <summary>Stages the rows of the parts that differ.</summary>
    /// <param name="session">The database.</param>
    /// <param name="snapshots">The files of silver, by table.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StoreException">A file cannot be read.</exception>
    /// <exception cref="EngineException">The database refuses.</exception>
    public void Stage(EngineSession session, IReadOnlyDictionary<string, SilverSnapshot> snapshots, CancellationToken cancellationToken)
    {
        foreach ((string table, SilverTable stored) in tables.Stored)
        {
            IReadOnlyList<SilverPart> parts = SilverPart.Of(options.Home, snapshots[table], stored, cancellationToken);
            IReadOnlyDictionary<string, string> known = EngineParts.Read(session, tables.Name(table), cancellationToken);
            SilverPart[] changed = [.. parts.Where(part => known.GetValueOrDefault(part.Name) != part.Content)];
            string[] gone = [.. known.Keys.Except(parts.Select(part => part.Name))];
            SilverRange[] ranges = [.. changed.Select(part => part.Range), .. gone.Select(part => SilverPart.RangeOf(stored, part))];
            bool isWhole = ranges.Length > 0
                && (tables.Of(table).Key.Count == 0 || changed.Length == parts.Count || ranges.Length > MostRanges);
            if (!isWhole)
            {
                SqlExpression? touched = ranges.Length == 0 ? null : Touched(stored, ranges);
                isWhole = IsIncomplete(session, table, [.. parts.Except(changed)], touched, cancellationToken);
            }

            if (ranges.Length == 0 && !isWhole)
            {
                continue;
            }

            SilverPart[] written = isWhole ? [.. parts] : changed;
            TableStage stage = session.Stage(tables.Of(table), tables.Schemas[table], cancellationToken);
            var target = new StageTarget(stage);
            var snapshot = new SilverSnapshot(table, [.. written.Select(part => part.File)]);
            using SilverScan scan = SilverScan.Open(options.Home, snapshot, tables.Schemas[table], cancellationToken);
            SilverPass.Run(scan, tables.Schemas[table], $"{session.Dialect.Title}: {table}", target, options, progress, cancellationToken);
            _differences.Add(new Difference(stage, target, parts, isWhole ? null : Touched(stored, ranges), written.Length));
        }
    }

    /// <summary>Takes the staged rows over, and notes what the tables hold then; within the session's transaction.</summary>
    /// <param name="session">The database.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="EngineException">The database refuses.</exception>
    public IReadOnlyList<TableLoadNote> Take(EngineSession session, CancellationToken cancellationToken)
    {
        var notes = new List<TableLoadNote>();
        foreach (Difference difference in _differences.OrderBy(difference => tables.All.ToList().IndexOf(difference.Stage.Table)))
        {
            string name = difference.Stage.Table.Name;
            progress.Begin($"{session.Dialect.Title}: {name}", () => (0, null));
            if (difference.Touched is { } touched)
            {
                session.Merge(difference.Stage, touched, cancellationToken);
            }
            else
            {
                session.Replace(difference.Stage, cancellationToken);
            }

            EngineParts.Write(session, name, difference.Parts.ToDictionary(part => part.Name, part => part.Content, StringComparer.Ordinal), cancellationToken);
            notes.Add(new TableLoadNote(name, difference.Target.Rows, difference.Touched is null ? null : difference.Written));
        }

        return notes;
    }

    /// <summary>Whether someone else removed or added rows: there are not as many as the parts have that are said to be there.</summary>
    /// <param name="session">The database.</param>
    /// <param name="table">The table's name in the pipeline.</param>
    /// <param name="parts">The parts that are said to be there as they are.</param>
    /// <param name="touched">Which rows are of other parts; null for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    private bool IsIncomplete(
        EngineSession session, string table, SilverPart[] parts, SqlExpression? touched, CancellationToken cancellationToken)
    {
        string name = tables.Name(table);
        long found = EngineParts.CountRows(session, name, where: null, cancellationToken)
            - (touched is null ? 0 : EngineParts.CountRows(session, name, touched, cancellationToken));
        long expected = 0;
        if (parts.Length > 0)
        {
            using SilverScan scan = SilverScan.Open(
                options.Home, new SilverSnapshot(table, [.. parts.Select(part => part.File)]), tables.Schemas[table], cancellationToken);
            expected = scan.Count;
        }

        if (found != expected)
        {
            progress.Warn(string.Create(
                CultureInfo.InvariantCulture,
                $"{session.Dialect.Title}: {name} has {found:N0} rows where the last run left {expected:N0}: something else changed it, so all of it is loaded again"));
        }

        return found != expected;
    }

    /// <summary>The rows in any of the ranges.</summary>
    private SqlExpression Touched(SilverTable stored, SilverRange[] ranges)
    {
        int ordinal = stored.PartitionColumn is { } partition ? stored.Schema.IndexOf(partition) : -1;
        if (ordinal < 0 || ranges.Any(range => range == SilverRange.All))
        {
            return new SqlCall(ColumnType.Boolean, SqlOperation.Equal, [SqlValue.Of(1), SqlValue.Of(1)]);
        }

        Column column = stored.Schema.Columns[ordinal];
        var reference = new SqlColumnReference(tables.Name(stored.Name), column.Name, column.Type);
        var terms = new List<SqlExpression>();
        foreach (SilverRange range in Joined(ranges))
        {
            terms.Add(range.IsMissing
                ? new SqlCall(ColumnType.Boolean, SqlOperation.IsNull, [reference])
                : Within(reference, range));
        }

        return terms.Count == 1 ? terms[0] : new SqlCall(ColumnType.Boolean, SqlOperation.Or, terms);
    }

    private static SqlCall Within(SqlColumnReference column, SilverRange range)
    {
        var from = new SqlCall(ColumnType.Boolean, SqlOperation.GreaterOrEqual, [column, new SqlValue(column.Type, range.From!.Value)]);

        // What comes after the last day of 9999 is no date, and nothing is later.
        return range.To > Moments.ToCell(DateTime.MaxValue, column.Type)
            ? from
            : new SqlCall(
                ColumnType.Boolean,
                SqlOperation.And,
                [from, new SqlCall(ColumnType.Boolean, SqlOperation.Less, [column, new SqlValue(column.Type, range.To!.Value)])]);
    }

    /// <summary>Neighbouring ranges as one.</summary>
    private static List<SilverRange> Joined(IEnumerable<SilverRange> ranges)
    {
        var joined = new List<SilverRange>();
        foreach (SilverRange range in ranges.OrderBy(range => range.IsMissing).ThenBy(range => range.From))
        {
            if (joined.Count > 0 && !range.IsMissing && joined[^1].To == range.From)
            {
                joined[^1] = SilverRange.Between(joined[^1].From!.Value, range.To!.Value);
            }
            else
            {
                joined.Add(range);
            }
        }

        return joined;
    }

    /// <param name="Stage">The rows.</param>
    /// <param name="Target">Counts them.</param>
    /// <param name="Parts">All parts that the table has now.</param>
    /// <param name="Touched">Which rows of the table the staged ones are all of; null for all.</param>
    /// <param name="Written">How many parts were staged.</param>
    private sealed record Difference(TableStage Stage, StageTarget Target, IReadOnlyList<SilverPart> Parts, SqlExpression? Touched, int Written);
}
