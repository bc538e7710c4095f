using Assay.Data;
using Assay.Measure.Plan;

namespace Assay.Measure;

/// <summary>A KPI bound to its table: what is kept while rows stream by, and how the result is made of it. Immutable; shared by all workers.</summary>
public abstract class KpiPlan
{
    private static readonly Dictionary<string, Schema> None = [];

    private protected KpiPlan(KpiDefinition definition, JoinedTable rows)
    {
        Definition = definition;
        Rows = rows;
        Where = definition.Where is null ? null : Condition(definition.Where, rows.Schema);
        CheckLast();
    }

    /// <summary>The KPI's definition.</summary>
    public KpiDefinition Definition { get; }

    /// <summary>The columns of the result.</summary>
    public abstract Schema Result { get; }

    /// <summary>The figures beside the rows that <see cref="KpiDefinition.Summary"/> names.</summary>
    public virtual Schema Summary { get; } = new([]);

    /// <summary>The columns of its table that it reads, in the table's order: a table of only these gives the same result.</summary>
    public IReadOnlyList<string> Columns
    {
        get
        {
            HashSet<string> read = ColumnMentions.Of(Definition);
            read.UnionWith(Definition.Joins.Select(join => join.Column));
            if (Definition.Last is { } last)
            {
                read.Add(last.Column);
            }

            return [.. Rows.Own.Columns.Select(column => column.Name).Where(read.Contains)];
        }
    }

    /// <summary>The columns that it reads of each joined table, by the table's name, beside the table's key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> JoinedColumns => Rows.Joins.ToDictionary(
        join => join.Table,
        join => (IReadOnlyList<string>)[.. join.Columns.Select(column => column.Name)],
        StringComparer.Ordinal);

    /// <summary>The column of its table whose greatest value is the window's end when nothing else is said; null without window.</summary>
    public string? LastColumn => Definition.Last?.Column;

    /// <summary>The tables whose rows its summary counts.</summary>
    public virtual IReadOnlyList<string> CountedTables { get; } = [];

    /// <summary>The rows that it is computed from.</summary>
    internal JoinedTable Rows { get; }

    internal Schema Table => Rows.Schema;

    internal BoundExpression? Where { get; }

    /// <summary>Whether the rows may have to be read a second time, because their score depends on statistics of all rows.</summary>
    internal abstract bool NeedsSecondPass { get; }

    /// <summary>Binds a KPI.</summary>
    /// <param name="definition">Its definition.</param>
    /// <param name="table">The columns of its table; those of the batches that its workers get.</param>
    /// <param name="joined">The columns of the tables it joins, by name.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="KpiException">An expression does not bind, or the definition contradicts itself.</exception>
    public static KpiPlan Create(KpiDefinition definition, Schema table, IReadOnlyDictionary<string, Schema>? joined = null)
    {
        if (definition.Joins.Count == 0)
        {
            return Create(definition, new JoinedTable(table, table, []));
        }

        joined ??= None;
        try
        {
            return Create(definition, JoinedTable.Create(definition, table, joined, ColumnMentions.Of(definition)));
        }
        catch (KpiException)
        {
            // With all joined columns, not just those it names, what is wrong can be told with the name that was meant.
            return Create(definition, JoinedTable.Create(definition, table, joined, wanted: null));
        }
    }

    private static KpiPlan Create(KpiDefinition definition, JoinedTable rows) =>
        definition.Score is null ? new GroupedPlan(definition, rows) : new ScoredPlan(definition, rows);

    /// <summary>Runs a binding step; what it throws is told with the expression that was at fault.</summary>
    internal static T Try<T>(Expression expression, Func<T> bind)
    {
        try
        {
            return bind();
        }
        catch (ExpressionException cause)
        {
            throw new KpiException(expression, cause);
        }
    }

    /// <summary>Binds a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="schema">The columns it may read.</param>
    /// <param name="declared">The condition as the definition holds it, when it was rewritten.</param>
    private protected static BoundExpression Condition(Expression condition, Schema schema, Expression? declared = null) => Try(declared ?? condition, () =>
    {
        BoundExpression bound = ExpressionBinder.Bind(condition, schema);
        return bound.Type.Kind == ColumnKind.Boolean
            ? bound
            : throw new ExpressionException($"a condition is true or false, this is {bound.Type}", condition.Position);
    });

    /// <summary>Finds the columns to order by.</summary>
    private protected static (int Column, bool Descending)[] Order(KpiDefinition definition, Schema result) =>
        [.. definition.OrderBy.Select(term => result.IndexOf(term.Column) is >= 0 and int column
            ? (column, term.Descending)
            : throw new KpiException(
                $"`order_by` of `{definition.Name}` names no column of the result: `{term.Column}`",
                "the columns are " + string.Join(", ", result.Columns.Select(other => other.Name))))];

    private void CheckLast()
    {
        if (Definition.Last is not { } last)
        {
            return;
        }

        int column = Rows.Own.IndexOf(last.Column);
        ColumnType? type = column < 0 ? null : Rows.Own.Columns[column].Type;
        if (type is null)
        {
            throw new KpiException(
                $"`last` of `{Definition.Name}` names no column of its table: `{last.Column}`",
                DidYouMean.Hint(last.Column, Rows.Own.Columns.Select(other => other.Name)));
        }

        bool isRight = type.Value.Kind == ColumnKind.Timestamp || (type.Value.Kind == ColumnKind.Date && last.Unit != LastUnit.Hour);
        if (!isRight)
        {
            throw new KpiException(
                $"`last` of `{Definition.Name}` cannot be {(last.Unit == LastUnit.Hour ? "hours " : "")}of `{last.Column}`, which is {type}",
                "it is of a timestamp, or of a date in days, weeks or months");
        }
    }

    /// <summary>Refuses two columns of one name.</summary>
    private protected static void RejectTwins(KpiDefinition definition, IEnumerable<string> names)
    {
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw new KpiException($"`{definition.Name}` has two columns named `{twins.Key}`");
        }
    }
}
