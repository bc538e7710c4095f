using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Data;
using Assay.Measure;
using Assay.Refine;
using Assay.Sql;
using Assay.Store;

namespace Assay.App.Engines;

/// <summary>
/// A pipeline's tables as a database has them: the columns of the clean rows, the key when rows replace one another,
/// a column for each reference to another table, and indexes on the columns that KPIs join by or look at times in.
/// </summary>
internal sealed class EngineTables
{
    private readonly Dictionary<string, SqlTable> _tables = new(StringComparer.Ordinal);
    private readonly string _prefix;

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="plans">Its tables, by name.</param>
    /// <param name="prefix">What the names of the database's tables begin with.</param>
    public EngineTables(PipelineDefinition pipeline, IReadOnlyDictionary<string, CleaningPlan> plans, string prefix = "")
    {
        _prefix = prefix;
        Schemas = plans.ToDictionary(plan => plan.Key, plan => plan.Value.Schema, StringComparer.Ordinal);
        Stored = plans.ToDictionary(plan => plan.Key, plan => SilverTables.Of(plan.Value), StringComparer.Ordinal);
        foreach (CleaningPlan plan in plans.Values)
        {
            string[] key = pipeline.KeepsSilver ? [.. plan.Table.Key] : [];
            List<SqlColumn> columns = [.. plan.Schema.Columns.Select(column => new SqlColumn(column.Name, column.Type, key.Contains(column.Name)))];
            List<SqlReference> references = [];
            foreach (RelationshipCheck check in pipeline.Checks.OfType<RelationshipCheck>().Where(check => check.Table == plan.Table.Name))
            {
                if (Reference(check, plan, plans, columns) is { } reference)
                {
                    references.Add(reference);
                    columns.Add(new SqlColumn(reference.Column, plan.Schema.Columns[plan.Schema.IndexOf(check.Column)].Type));
                }
            }

            _tables[plan.Table.Name] = new SqlTable(Name(plan.Table.Name), columns) { Key = key, References = references };
        }

        Indexes = [.. IndexedColumns(pipeline, plans).Distinct().Select(indexed => Index(indexed.Table, indexed.Column))];
    }

    /// <summary>The tables; those that others refer to come before them.</summary>
    public IReadOnlyList<SqlTable> All => [.. _tables.Values.OrderBy(table => Depth(table, 0))];

    /// <summary>The indexes.</summary>
    public IReadOnlyList<CreateIndex> Indexes { get; }

    /// <summary>The columns of the clean rows, by table.</summary>
    public IReadOnlyDictionary<string, Schema> Schemas { get; }

    /// <summary>The tables as silver keeps them.</summary>
    public IReadOnlyDictionary<string, SilverTable> Stored { get; }

    /// <summary>A table's name in the database.</summary>
    /// <param name="table">Its name in the pipeline.</param>
    /// <returns>The name.</returns>
    public string Name(string table) => _prefix + table;

    /// <summary>A table of the database.</summary>
    /// <param name="table">Its name in the pipeline.</param>
    /// <returns>The table.</returns>
    public SqlTable Of(string table) => _tables[table];

    private SqlReference? Reference(
        RelationshipCheck check, CleaningPlan plan, IReadOnlyDictionary<string, CleaningPlan> plans, List<SqlColumn> columns)
    {
        // A database refers to rows by their key only.
        CleaningPlan to = plans[check.ToTable];
        ColumnType type = plan.Schema.Columns[plan.Schema.IndexOf(check.Column)].Type;
        bool isKey = to.Table.Key is [var key] && key == check.ToColumn && type == to.Schema.Columns[to.Schema.IndexOf(key)].Type;
        if (!isKey)
        {
            return null;
        }

        string name = $"{check.ToTable}_{check.ToColumn}";
        while (columns.Any(column => column.Name == name))
        {
            name += "_ref";
        }

        return new SqlReference(name, check.Column, Name(check.ToTable), check.ToColumn);
    }

    private static IEnumerable<(string Table, string Column)> IndexedColumns(PipelineDefinition pipeline, IReadOnlyDictionary<string, CleaningPlan> plans)
    {
        foreach (CleaningPlan plan in plans.Values.Where(plan => plan.Table.PartitionBy is not null))
        {
            yield return (plan.Table.Name, plan.Table.PartitionBy!.Column);
        }

        var schemas = plans.ToDictionary(plan => plan.Key, plan => plan.Value.Schema, StringComparer.Ordinal);
        foreach (KpiDefinition kpi in pipeline.Kpis)
        {
            Schema schema = schemas[kpi.From];
            for (int i = 0; i < kpi.Joins.Count; i++)
            {
                // The column is one of the KPI's table, or else of a table joined before.
                string column = kpi.Joins[i].Column;
                yield return (new[] { kpi.From }.Concat(kpi.Joins.Take(i).Select(join => join.Table)).First(table => schemas[table].IndexOf(column) >= 0), column);
            }

            foreach (string column in KpiPlan.Create(kpi, schema, schemas).Columns)
            {
                if (schema.Columns[schema.IndexOf(column)].Type.Kind is ColumnKind.Date or ColumnKind.Timestamp)
                {
                    yield return (kpi.From, column);
                }
            }
        }
    }

    private CreateIndex Index(string table, string column)
    {
        SqlTable of = _tables[table];
        return new CreateIndex($"ix_{of.Name}_{column}", of.Name, [of.Columns.First(one => one.Name == column)]);
    }

    private int Depth(SqlTable table, int level) =>
        level > _tables.Count || table.References.Count == 0
            ? level
            : table.References.Max(reference => Depth(_tables.Values.First(other => other.Name == reference.Table), level + 1));
}
