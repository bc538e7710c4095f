using Assay.Data;

namespace Assay.Measure.Plan;

/// <summary>The rows that a KPI is computed from: its table's columns, then those of joined tables.</summary>
internal sealed class JoinedTable
{
    public JoinedTable(Schema own, Schema schema, IReadOnlyList<BoundJoin> joins)
    {
        Own = own;
        Schema = schema;
        Joins = joins;
    }

    /// <summary>The columns of the KPI's table.</summary>
    public Schema Own { get; }

    /// <summary>Those and the joined ones.</summary>
    public Schema Schema { get; }

    public IReadOnlyList<BoundJoin> Joins { get; }

    /// <summary>Binds the joins.</summary>
    /// <param name="definition">The KPI.</param>
    /// <param name="table">The columns of its table.</param>
    /// <param name="joined">The columns of the joined tables, by name.</param>
    /// <param name="wanted">The columns to join; null for all. A name that the table has itself is its own column.</param>
    /// <exception cref="KpiException">A join names no column, or columns of different types.</exception>
    public static JoinedTable Create(KpiDefinition definition, Schema table, IReadOnlyDictionary<string, Schema> joined, IReadOnlySet<string>? wanted)
    {
        var columns = table.Columns.ToList();
        var names = table.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var joins = new List<BoundJoin>();

        // What a later join is looked up by is taken too, whether the KPI speaks of it or not.
        HashSet<string>? needed = wanted is null ? null : [.. wanted, .. definition.Joins.Select(join => join.Column)];
        foreach (KpiJoin join in definition.Joins)
        {
            if (joins.Exists(other => other.Table == join.Table))
            {
                throw new KpiException($"`{definition.Name}` joins `{join.Table}` twice");
            }

            if (!joined.TryGetValue(join.Table, out Schema? other))
            {
                throw new KpiException($"`{definition.Name}` joins `{join.Table}`, which is no table", DidYouMean.Hint(join.Table, joined.Keys));
            }

            string before = string.Join("` or `", [definition.From, .. joins.Select(one => one.Table)]);
            int column = Ordinal(definition, columns, before, join.Column);
            Column key = other.Columns[Ordinal(definition, other.Columns, join.Table, join.Key)];
            if (!KpiJoin.AreComparable(columns[column].Type, key.Type))
            {
                throw new KpiException(
                    $"`{definition.Name}` joins `{join.Table}` by `{join.Column}`, which is {columns[column].Type}; its key `{key.Name}` is {key.Type}",
                    "both must be of one type");
            }

            Column[] taken = [.. other.Columns.Where(one => needed?.Contains(one.Name) != false && names.Add(one.Name))];
            columns.AddRange(taken);
            joins.Add(new BoundJoin(join.Table, column, key, taken));
        }

        return new JoinedTable(table, new Schema(columns), joins);
    }

    private static int Ordinal(KpiDefinition definition, IReadOnlyList<Column> columns, string table, string column) =>
        Enumerable.Range(0, columns.Count).FirstOrDefault(i => columns[i].Name == column, -1) is >= 0 and int ordinal
            ? ordinal
            : throw new KpiException(
                $"`join` of `{definition.Name}` names no column of `{table}`: `{column}`",
                DidYouMean.Hint(column, columns.Select(other => other.Name)));
}
