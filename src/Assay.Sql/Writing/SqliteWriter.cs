using System.Globalization;
using Assay.Data;

namespace Assay.Sql;

/// <summary>Writes SQLite's SQL, over decimals as whole numbers and moments as text.</summary>
internal sealed class SqliteWriter(SqlDialect dialect, bool inlinesValues) : SqlWriter(dialect, inlinesValues)
{
    /// <summary>What the high part of a sum counts; see <see cref="SqliteSum"/>.</summary>
    public const long SumBase = 1_000_000_000;

    /// <summary>There is none: past 64 bits numbers are not exact.</summary>
    protected override string? WideInteger => null;

    protected override string ExplainWords => "EXPLAIN QUERY PLAN";

    /// <summary>In strict tables a column holds what it declares, or the row is refused.</summary>
    protected override string TableOptions => " STRICT";

    /// <summary>Without a condition, ON CONFLICT would be read as the condition of a join.</summary>
    protected override string InsertedRows => "\nWHERE TRUE";

    /// <summary>By number: SQLite numbers named ones by where they stand in the text, which is not always the order they are given in.</summary>
    protected override string Placeholder(int number) => string.Create(CultureInfo.InvariantCulture, $"?{number}");

    protected override SqlCode Parameter(SqlValue value, string placeholder)
    {
        _ = Dialect.Parameter(value);
        return new SqlCode(placeholder);
    }

    protected override SqlCode Literal(SqlValue value)
    {
        string plain = SqlLiterals.Plain(value);
        switch (value.Type.Kind)
        {
            case ColumnKind.String when plain.Contains('\0', StringComparison.Ordinal):
                throw Refuse("be shown a text with a NUL character");
            case ColumnKind.String or ColumnKind.Date or ColumnKind.Timestamp:
                return new SqlCode(SqlLiterals.Quoted(plain, '\''));
            case ColumnKind.Boolean:
                return new SqlCode(value.Units == 0 ? "FALSE" : "TRUE");
            default:
                string units = ((long)Dialect.Parameter(value)!).ToString(CultureInfo.InvariantCulture);
                string note = value.Type.Scale > 0 ? $" /* {plain} */" : "";
                return new SqlCode(units + note, value.Units < 0 ? SqlPrecedence.Product : SqlPrecedence.Primary);
        }
    }

    protected override SqlCode Null(ColumnType type) => new("NULL");

    protected override SqlCode Selected(SelectColumn column, int place, SelectStatement select, bool isInner)
    {
        if (column.Value is SqlAggregate { Function: SqlAggregateFunction.Sum, Argument: { } summed } && !isInner)
        {
            return new SqlCode(SqliteSum.Of(summed, this).Text, SqlPrecedence.Concat);
        }

        // A floating-point number among the rows that come back is seen there. Where rows are left out for what they are,
        // it is caught here. A group that is left out gives no figures, right or wrong.
        bool isSeen = !isInner && (column.Value is SqlAggregate || (select.Having is null && select.Limit is null));
        return isSeen ? Write(column.Value) : Exact(column.Value);
    }

    protected override SqlCode Stored(SqlExpression value) => Exact(value);

    protected override SqlCode Distinguished(SqlExpression value) => Exact(value);

    protected override string WindowTerm(SqlExpression term) => $"{Exact(term).Text} NULLS LAST";

    protected override SqlCode Comparison(SqlCall call, string symbol)
    {
        (SqlExpression left, SqlExpression right) = (call.Arguments[0], call.Arguments[1]);
        if (right is SqlValue large && large.Units != (long)large.Units)
        {
            bool isLess = call.Operation is SqlOperation.Less or SqlOperation.LessOrEqual;
            bool isGreater = call.Operation is SqlOperation.Greater or SqlOperation.GreaterOrEqual;
            bool outcome = call.Operation == SqlOperation.NotEqual || (large.Units > 0 ? isLess : isGreater);
            return new SqlCode($"CASE WHEN {Exact(left).Compared} IS NOT NULL THEN {(outcome ? "TRUE" : "FALSE")} END");
        }

        return new SqlCode(
            $"{Against(left, right).Compared} {symbol} {Against(right, left).Compared}", SqlPrecedence.Comparison);
    }

    protected override SqlCode In(SqlCall call)
    {
        SqlExpression[] held = [.. call.Arguments.Skip(1).Where(item => ((SqlValue)item).Units == (long)((SqlValue)item).Units)];
        if (held.Length == 0)
        {
            return new SqlCode($"CASE WHEN {Exact(call.Arguments[0]).Compared} IS NOT NULL THEN FALSE END");
        }

        string list = List(held.Select(item => item is SqlValue { IsNull: true } ? "NULL" : Write(item).Text));
        return new SqlCode($"{Exact(call.Arguments[0]).Compared} IN ({list})", SqlPrecedence.Comparison);
    }

    protected override SqlCode Aggregate(SqlAggregate aggregate)
    {
        if (aggregate is { Function: SqlAggregateFunction.Sum })
        {
            throw Refuse("compute with a sum, which it gives in two parts");
        }

        return aggregate is { Argument: { } argument, Function: SqlAggregateFunction.Min or SqlAggregateFunction.Max }
            ? Function(aggregate.Function == SqlAggregateFunction.Min ? "min" : "max", Among(argument).Text)
            : base.Aggregate(aggregate);
    }

    protected override SqlCode Own(SqlCall call) => call.Operation switch
    {
        // By 0 it is null here, too.
        SqlOperation.Modulo => Infix(SqlOperation.Modulo, Operand(call, 0), Operand(call, 1)),
        SqlOperation.Rescale => Rescale(call),
        SqlOperation.Least => Function("min", call.Arguments.Select(argument => Exact(argument).Text)),
        SqlOperation.Greatest => Function("max", call.Arguments.Select(argument => Exact(argument).Text)),
        SqlOperation.Absolute => Function("abs", call),
        SqlOperation.Sign => Function("sign", Among(call.Arguments[0]).Text),
        SqlOperation.Concat => Joined(call),
        SqlOperation.Length => Function("length", call),
        SqlOperation.Contains => new SqlCode($"{Function("instr", call).Text} > 0", SqlPrecedence.Comparison),
        SqlOperation.StartsWith => new SqlCode($"{Function("instr", call).Text} = 1", SqlPrecedence.Comparison),
        SqlOperation.Replace => ReplaceUnlessNull(call),
        SqlOperation.Substring => Function("substr", call),
        SqlOperation.WeekdayName => Cases(SqliteMoments.WeekdayNames, $"strftime('%w', substr({Write(call.Arguments[0]).Text}, 1, 10))"),
        SqlOperation.MonthName => Cases(SqliteMoments.MonthNames, $"substr({Write(call.Arguments[0]).Text}, 6, 2)"),
        SqlOperation.DateAdd => SqliteMoments.Add(call, Exact(call.Arguments[0]), Write(call.Arguments[1])),
        SqlOperation.DateDifference => DateDifference(call),
        _ => SqliteMoments.Part(call, Write(call.Arguments[0])) ?? throw Refuse($"say {call.Operation}"),
    };

    private SqlCode DateDifference(SqlCall call)
    {
        if (call.Unit == "day" && Moments.Dates(call) is var (first, second))
        {
            return SqliteMoments.Days(Write(first).Text, Write(second).Text);
        }

        string from = Write(call.Arguments[0]).Text;
        string to = Write(call.Arguments[1]).Text;
        if (!Moments.IsCalendar(call))
        {
            return SqliteMoments.Difference(call, from, to);
        }

        SqlCode months = WholeMonths(
            SqliteMoments.MonthsBetween(from, to), SqliteMoments.WithinMonth(from), SqliteMoments.WithinMonth(to));
        return call.Unit == "month" ? months : new SqlCode($"{months.Text} / 12", SqlPrecedence.Product);
    }

    private SqlCode Rescale(SqlCall call)
    {
        SqlCode number = Write(call.Arguments[0]);
        int digits = call.Type.Scale - call.Arguments[0].Type.Scale;
        return digits == 0
            ? number
            : Infix(SqlOperation.Multiply, number, new SqlCode(Decimals.PowerOfTen(digits).ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>A value that is compared with another.</summary>
    private SqlCode Against(SqlExpression value, SqlExpression other) =>
        !value.Type.IsNumeric || (SqliteNumbers.IsOrdered(value) && SqliteNumbers.IsSafe(other)) ? Write(value) : Exact(value);

    /// <summary>A value of which only its place among others counts, and which is seen when it is the one.</summary>
    private SqlCode Among(SqlExpression value) =>
        !value.Type.IsNumeric || SqliteNumbers.IsOrdered(value) ? Write(value) : Exact(value);

    /// <summary>
    /// A number that is whole, or fails. SQLite has no function that fails on floating point, but abs() of the least 64-bit
    /// number fails with "integer overflow"; the subquery gives the number a name, so that it stands here once.
    /// </summary>
    private SqlCode Exact(SqlExpression value)
    {
        SqlCode code = Write(value);
        return !value.Type.IsNumeric || SqliteNumbers.IsExact(value)
            ? code
            : new SqlCode(
                $"(SELECT CASE typeof(n) WHEN 'real' THEN abs(CAST(n AS INTEGER) * 0 - 9223372036854775807 - 1) ELSE n END FROM (SELECT {code.Text} AS n))");
    }
}
