using Assay.Data;
using Assay.Measure.Plan;
using Assay.Sql;

namespace Assay.Measure.Query;

/// <summary>The rows that a KPI's statements are over: its table, the joined ones, and which of their rows count.</summary>
internal sealed class QueryRows
{
    private readonly KpiPlan _plan;
    private readonly SqlDialect _dialect;
    private readonly string[] _tables;
    private readonly QueryWindow? _window;
    private readonly SqlExpression? _where;

    /// <exception cref="SqlException">The KPI's condition cannot be said.</exception>
    public QueryRows(KpiPlan plan, KpiQueryOptions options, QueryWindow? window)
    {
        _plan = plan;
        _dialect = options.Dialect;
        _window = window;
        string table = options.TableName(plan.Definition.From);
        From = new SqlSource(table);

        // The joined row is the only one of its key, so a join that no column is taken from changes nothing.
        BoundJoin[] joins = [.. plan.Rows.Joins.Where(join => join.Columns.Count > 0)];
        string own = table;
        if (joins.Any(join => string.Equals(options.TableName(join.Table), table, StringComparison.OrdinalIgnoreCase)))
        {
            own = $"{table}_rows";
            From = new SqlSource(own, OwnRows(table));
        }

        _tables = [.. plan.Rows.Own.Columns.Select(_ => own), .. plan.Rows.Joins.SelectMany(join => join.Columns.Select(_ => options.TableName(join.Table)))];
        IsJoined = joins.Length > 0;
        Joins = [.. joins.Select(join => new LeftJoin(options.TableName(join.Table), new SqlCall(ColumnType.Boolean, SqlOperation.Equal,
        [
            new SqlColumnReference(_tables[join.Column], plan.Table.Columns[join.Column].Name, plan.Table.Columns[join.Column].Type),
            new SqlColumnReference(options.TableName(join.Table), join.Key.Name, join.Key.Type),
        ])))];
        _where = plan.Definition.Where is { } where ? Translate(where) : null;
    }

    public SqlSource From { get; }

    public IReadOnlyList<LeftJoin> Joins { get; }

    private bool IsJoined { get; }

    /// <summary>Which rows count.</summary>
    /// <param name="isPreview">Whether values that are not known yet are named instead.</param>
    /// <param name="more">A further condition.</param>
    public SqlExpression? Where(bool isPreview, SqlExpression? more = null)
    {
        var conditions = new List<SqlExpression>();
        if (_window is not null)
        {
            conditions.AddRange(_window.Conditions(Column(_plan.Rows.Own.IndexOf(_plan.LastColumn!)), isPreview));
        }

        conditions.AddRange(new[] { _where, more }.OfType<SqlExpression>());
        return All(conditions);
    }

    /// <summary>A column of the rows.</summary>
    /// <param name="ordinal">Its place.</param>
    public SqlColumnReference Column(int ordinal) => Column(ordinal, IsJoined);

    /// <summary>A column of the rows.</summary>
    /// <param name="ordinal">Its place.</param>
    /// <param name="isQualified">Whether its table is named where it need not be.</param>
    public SqlColumnReference Column(int ordinal, bool isQualified) =>
        new(isQualified ? _tables[ordinal] : null, _plan.Table.Columns[ordinal].Name, _plan.Table.Columns[ordinal].Type);

    /// <summary>An expression over the rows.</summary>
    /// <exception cref="SqlException">It cannot be said.</exception>
    public SqlExpression Translate(Expression expression) => Translate(expression, _plan.Table, Column);

    /// <summary>An expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="schema">The columns it may read.</param>
    /// <param name="column">What they are.</param>
    /// <param name="declared">What the KPI says, where the expression was made of it.</param>
    /// <exception cref="SqlException">It cannot be said.</exception>
    public SqlExpression Translate(Expression expression, Schema schema, Func<int, SqlExpression> column, Expression? declared = null)
    {
        try
        {
            SqlExpression translated = SqlTranslator.Translate(expression, schema, column);

            // Alone, so that what is refused can be told by name.
            _dialect.Script(new SelectStatement { Columns = [new SelectColumn("value", translated)], From = From, Joins = Joins });
            return translated;
        }
        catch (SqlException refused)
        {
            throw new SqlException($"KPI `{_plan.Definition.Name}`: `{declared ?? expression}` cannot be asked of {_dialect.Title}: {refused.Message}");
        }
    }

    /// <summary>One condition of several; null of none.</summary>
    public static SqlExpression? All(IReadOnlyList<SqlExpression> conditions) => conditions.Count switch
    {
        0 => null,
        1 => conditions[0],
        _ => new SqlCall(ColumnType.Boolean, SqlOperation.And, conditions),
    };

    /// <summary>The KPI's own rows under another name than their table's, which a join has.</summary>
    private SelectStatement OwnRows(string table) => new()
    {
        Columns = [.. _plan.Columns.Select(name => new SelectColumn(
            name, new SqlColumnReference(null, name, _plan.Rows.Own.Columns[_plan.Rows.Own.IndexOf(name)].Type)))],
        From = new SqlSource(table),
    };
}
