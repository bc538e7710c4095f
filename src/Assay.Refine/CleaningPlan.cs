using Assay.Data;

namespace Assay.Refine;

/// <summary>How a table's rows are made from a source's records: its definition, checked and bound. Immutable; shared by all workers.</summary>
public sealed class CleaningPlan
{
    private CleaningPlan(TableDefinition table, TimeZoneInfo zone)
    {
        Table = table;
        TimeZone = zone;
        NullsInvalid = table.Columns.Any(column => column.InvalidIsNull);
        if (table.Columns.FirstOrDefault(column => column.InvalidIsNull && column.Required) is { } torn)
        {
            throw new ArgumentException($"Column `{torn.Name}` is required, so a wrong value cannot become a missing one.", nameof(table));
        }

        Fields = [.. table.Columns.Select(column => column.Field)];
        var columns = table.Columns.Select(column => new Column(column.Name, column.Type)).ToList();
        ReadSchema = new Schema([.. columns]);
        Checks = [.. table.Columns.Select((column, i) => column.Check is null ? null : BindCheck(column.Check, columns, i))];
        Bounds = [.. table.Columns.Select(ValueBounds.Of)];
        var derived = new List<BoundExpression>();
        foreach (DerivedColumn column in table.Derive)
        {
            BoundExpression value = ExpressionBinder.Bind(RowQuality.Expand(column.Value, table.Columns), new Schema([.. columns]));
            derived.Add(value);
            columns.Add(new Column(column.Name, value.Type));
        }

        Derived = derived;
        Schema = new Schema(columns);
        Where = table.Where is null ? null : BindCondition(table.Where, Schema);
    }

    /// <summary>The table's definition.</summary>
    public TableDefinition Table { get; }

    /// <summary>The source's fields that are needed, one for each column, in the columns' order.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>The columns of the clean rows: those read, then those derived.</summary>
    public Schema Schema { get; }

    /// <summary>The zone that moments are local to.</summary>
    internal TimeZoneInfo TimeZone { get; }

    /// <summary>Whether any column makes wrong values missing.</summary>
    internal bool NullsInvalid { get; }

    internal Schema ReadSchema { get; }

    internal IReadOnlyList<BoundExpression?> Checks { get; }

    internal IReadOnlyList<ValueBounds?> Bounds { get; }

    internal IReadOnlyList<BoundExpression> Derived { get; }

    internal BoundExpression? Where { get; }

    /// <summary>Binds a table's definition.</summary>
    /// <param name="table">The definition.</param>
    /// <param name="timeZone">The zone that dates and timestamps are local to, UTC when null: one that comes with an offset is brought
    /// there, others are there already.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ExpressionException">A check or derived column does not bind.</exception>
    /// <exception cref="ArgumentException">A bound is no value of its column, or a column is required and makes wrong values missing.</exception>
    public static CleaningPlan Create(TableDefinition table, TimeZoneInfo? timeZone = null) => new(table, timeZone ?? TimeZoneInfo.Utc);

    /// <summary>Binds a column's check, in which <c>value</c> is the column itself.</summary>
    /// <param name="check">The condition.</param>
    /// <param name="columns">The table's columns.</param>
    /// <param name="column">Which of them is checked, from 0.</param>
    /// <returns>The bound condition.</returns>
    /// <exception cref="ExpressionException">It does not bind, or is no condition.</exception>
    public static BoundExpression BindCheck(Expression check, IReadOnlyList<Column> columns, int column)
    {
        string name = columns[column].Name;
        bool isTaken = columns.Any(other => other.Name == "value");
        Expression named = isTaken
            ? check
            : check.Rewrite(node => node is ColumnExpression { Name: "value" } value ? value with { Name = name } : null);
        return BindCondition(named, new Schema([.. columns]));
    }

    /// <summary>What was expected where a fault was found, in words.</summary>
    /// <param name="column">The column's place, or -1 for the record as a whole.</param>
    /// <param name="code">The fault.</param>
    /// <returns>For example <c>a whole number such as 12</c>.</returns>
    public string Expectation(int column, FaultCode code) =>
        column < 0 || column >= Table.Columns.Count ? Expectations.OfRecord(code) : Expectations.OfColumn(Table.Columns[column], code);

    private static BoundExpression BindCondition(Expression condition, Schema schema)
    {
        BoundExpression bound = ExpressionBinder.Bind(condition, schema);
        return bound.Type.Kind == ColumnKind.Boolean
            ? bound
            : throw new ExpressionException($"a condition is true or false, this is {bound.Type}", condition.Position);
    }
}
