using Assay.Data;
using Assay.Measure.Plan;

namespace Assay.Measure;

/// <summary>A KPI bound to its table: what is kept while rows stream by, and how the result is made of it. Immutable; shared by all workers.</summary>
public abstract class KpiPlan
{
    private protected KpiPlan(KpiDefinition definition, Schema table)
    {
        Definition = definition;
        Table = table;
        Where = definition.Where is null ? null : Condition(definition.Where, table);
    }

    /// <summary>The KPI's definition.</summary>
    public KpiDefinition Definition { get; }

    /// <summary>The columns of the result.</summary>
    public abstract Schema Result { get; }

    internal Schema Table { get; }

    internal BoundExpression? Where { get; }

    /// <summary>Whether the rows may have to be read a second time, because their score depends on statistics of all rows.</summary>
    internal abstract bool NeedsSecondPass { get; }

    /// <summary>Binds a KPI.</summary>
    /// <param name="definition">Its definition.</param>
    /// <param name="table">The columns of its table.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="KpiException">An expression does not bind, or the definition contradicts itself.</exception>
    public static KpiPlan Create(KpiDefinition definition, Schema table) =>
        definition.Score is null ? new GroupedPlan(definition, table) : new ScoredPlan(definition, table);

    /// <summary>Runs a binding step; what it throws is told with the expression that was at fault.</summary>
    private protected static T Try<T>(Expression expression, Func<T> bind)
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

    /// <summary>Refuses two columns of one name.</summary>
    private protected static void RejectTwins(KpiDefinition definition, IEnumerable<string> names)
    {
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw new KpiException($"`{definition.Name}` has two columns named `{twins.Key}`");
        }
    }
}
