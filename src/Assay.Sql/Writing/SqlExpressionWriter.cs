using Assay.Data;

namespace Assay.Sql;

/// <summary>
/// Writes expressions: what all databases say the same way is here, a dialect's own writer says the rest. It lives for one
/// statement and gathers its parameters. A piece of text may be used twice: placeholders are numbered, so its
/// parameters are still given once.
/// </summary>
internal abstract class SqlExpressionWriter
{
    private const int LongestLine = 90;

    /// <summary>Some operations need their operands more than once; in each other they grow past what a database reads.</summary>
    private const int LongestPiece = 100_000;

    private readonly List<SqlValue> _parameters = [];

    /// <summary>Makes one.</summary>
    /// <param name="dialect">The dialect written.</param>
    /// <param name="inlinesValues">Whether values are written out, else they become parameters.</param>
    protected SqlExpressionWriter(SqlDialect dialect, bool inlinesValues)
    {
        Dialect = dialect;
        InlinesValues = inlinesValues;
    }

    protected SqlDialect Dialect { get; }

    /// <summary>Whether values are written out.</summary>
    protected bool InlinesValues { get; }

    /// <summary>The parameters of what was written.</summary>
    protected IReadOnlyList<SqlValue> Parameters => _parameters;

    /// <summary>How far the lines of what is being written are moved in.</summary>
    protected int Indent { get; set; }

    protected string NewLine => "\n" + new string(' ', Indent);

    /// <summary>The type that whole numbers past 64 bits are cast to; null where they are no type of their own.</summary>
    protected abstract string? WideInteger { get; }

    public SqlCode Write(SqlExpression expression)
    {
        SqlCode code = WriteOnce(expression);
        return code.Text.Length <= LongestPiece ? code : throw Refuse("say an expression of so many functions in each other");
    }

    protected string Quote(string name) => Dialect.Quote(name);

    /// <summary>The placeholder of a parameter, numbered from 1.</summary>
    protected abstract string Placeholder(int number);

    /// <summary>A placeholder, cast where the database could take its value for another type.</summary>
    protected abstract SqlCode Parameter(SqlValue value, string placeholder);

    /// <summary>A value written out, not null.</summary>
    protected abstract SqlCode Literal(SqlValue value);

    /// <summary>A null of a type.</summary>
    protected abstract SqlCode Null(ColumnType type);

    /// <summary>An operation that databases differ in.</summary>
    protected abstract SqlCode Own(SqlCall call);

    /// <summary>A term of a window's order, ascending, nulls last.</summary>
    protected virtual string WindowTerm(SqlExpression term) => $"{Ordered(term).Text} NULLS LAST";

    /// <summary>What values are compared by: text by code point, whatever the database would do by itself.</summary>
    protected virtual SqlCode Ordered(SqlExpression value) => Write(value);

    /// <summary>A value that equal ones are found by, of a group or to be counted once.</summary>
    protected virtual SqlCode Distinguished(SqlExpression value) => Write(value);

    /// <summary>A condition that must be true or false.</summary>
    protected virtual SqlCode Comparison(SqlCall call, string symbol) => new(
        $"{Ordered(call.Arguments[0]).Compared} {symbol} {Write(call.Arguments[1]).Compared}", SqlPrecedence.Comparison);

    protected virtual SqlCode In(SqlCall call) => new(
        $"{Write(call.Arguments[0]).Compared} IN ({List(call.Arguments.Skip(1).Select(item => item is SqlValue { IsNull: true } ? "NULL" : Write(item).Text))})",
        SqlPrecedence.Comparison);

    protected virtual SqlCode Aggregate(SqlAggregate aggregate)
    {
        if (aggregate.Argument is not { } argument)
        {
            return new SqlCode("count(*)");
        }

        return aggregate.Function switch
        {
            SqlAggregateFunction.Count => new SqlCode($"count({Write(argument).Text})"),
            SqlAggregateFunction.CountDistinct => new SqlCode($"count(DISTINCT {Distinguished(argument).Text})"),
            SqlAggregateFunction.Sum => new SqlCode($"sum({Write(argument).Text})"),
            SqlAggregateFunction.Min => new SqlCode($"min({Ordered(argument).Text})"),
            _ => new SqlCode($"max({Ordered(argument).Text})"),
        };
    }

    /// <summary>Sums, differences and products. Assay's whole numbers have 128 bits: where the result of narrower ones could
    /// leave 64, one is widened first.</summary>
    protected virtual SqlCode Arithmetic(SqlCall call)
    {
        SqlExpression left = call.Arguments[0];
        SqlExpression right = call.Arguments[1];
        bool widens = WideInteger is not null && IsNarrow(left) && IsNarrow(right) && !Magnitude.FitsLong(call);
        if (call.Operation == SqlOperation.Subtract && left is SqlValue zero && zero.Units == 0)
        {
            SqlCode negated = widens ? Cast(Write(right), WideInteger!) : Write(right);
            return new SqlCode($"-{negated.At(SqlPrecedence.Primary)}", SqlPrecedence.Product);
        }

        SqlCode first = widens ? Cast(Operand(call, 0), WideInteger!) : Operand(call, 0);
        if (call.Operation == SqlOperation.Add && right is SqlCase)
        {
            // Points that add up to a score: a line each.
            return new SqlCode($"{first.At(SqlPrecedence.Sum)}{NewLine}+ {Operand(call, 1).At(SqlPrecedence.Product)}", SqlPrecedence.Sum);
        }

        return Infix(call.Operation, first, Operand(call, 1));
    }

    /// <summary>An operand of an operation on numbers.</summary>
    protected virtual SqlCode Operand(SqlCall call, int index) => Write(call.Arguments[index]);

    /// <summary>Whether the database holds a number as a 64-bit whole one.</summary>
    protected bool IsNarrow(SqlExpression number) => number switch
    {
        SqlValue value => value.Type.Kind == ColumnKind.Integer && value.Units == (long)value.Units,
        SqlColumnReference column => column.Type.Kind == ColumnKind.Integer,
        SqlCase choice => choice.Branches.All(branch => IsNarrow(branch.Then)) && IsNarrow(choice.Otherwise),
        SqlCall { Operation: SqlOperation.Add or SqlOperation.Subtract or SqlOperation.Multiply } call =>
            call.Arguments.All(IsNarrow) && Magnitude.FitsLong(call),
        SqlCall { Operation: SqlOperation.Rescale, Type.Scale: > 0 } => false,
        SqlCall
        {
            Operation: SqlOperation.Modulo or SqlOperation.Rescale or SqlOperation.Coalesce or SqlOperation.Least
            or SqlOperation.Greatest or SqlOperation.Absolute
        } call => call.Arguments.All(IsNarrow),
        SqlAggregate { Function: SqlAggregateFunction.Sum } => false,
        SqlAggregate { Function: SqlAggregateFunction.Min or SqlAggregateFunction.Max, Argument: { } argument } => IsNarrow(argument),
        _ => number.Type.Kind == ColumnKind.Integer,
    };

    protected static SqlCode Infix(SqlOperation operation, SqlCode left, SqlCode right)
    {
        (string symbol, SqlPrecedence level) = operation switch
        {
            SqlOperation.Add => ("+", SqlPrecedence.Sum),
            SqlOperation.Subtract => ("-", SqlPrecedence.Sum),
            SqlOperation.Multiply => ("*", SqlPrecedence.Product),
            _ => ("%", SqlPrecedence.Product),
        };
        return new SqlCode($"{left.At(level)} {symbol} {right.At(level + 1)}", level);
    }

    protected static SqlCode Cast(SqlCode value, string type) => new($"CAST({value.Text} AS {type})");

    protected static SqlCode Function(string name, params IEnumerable<string> arguments) => new($"{name}({List(arguments)})");

    /// <summary>Texts, one after the other.</summary>
    protected SqlCode Joined(SqlCall call) => new(
        string.Join(" || ", call.Arguments.Select((text, i) => Write(text).At(i == 0 ? SqlPrecedence.Concat : SqlPrecedence.Primary))),
        SqlPrecedence.Concat);

    /// <summary>A function of the arguments as they are.</summary>
    protected SqlCode Function(string name, SqlCall call) => Function(name, call.Arguments.Select(argument => Write(argument).Text));

    /// <summary>The least or greatest of values, null when one is, in databases that leave nulls out.</summary>
    protected SqlCode NullIfAny(string function, SqlCall call)
    {
        SqlCode[] values = [.. call.Arguments.Select((value, i) => i == 0 ? Ordered(value) : Write(value))];
        string[] known = [.. values.Where((_, i) => call.Arguments[i] is not SqlValue).Select(value => $"{value.Compared} IS NOT NULL")];
        SqlCode extreme = Function(function, values.Select(value => value.Text));
        return known.Length == 0 ? extreme : new SqlCode($"CASE WHEN {string.Join(" AND ", known)} THEN {extreme.Text} END");
    }

    /// <summary>A replacement in databases that do not look at what replaces when there is nothing to replace: it may be null.</summary>
    protected SqlCode ReplaceUnlessNull(SqlCall call)
    {
        SqlCode[] texts = [.. call.Arguments.Select(Write)];
        SqlCode replaced = Function("replace", texts.Select(text => text.Text));
        return call.Arguments[2] is SqlValue
            ? replaced
            : new SqlCode($"CASE WHEN {texts[2].Compared} IS NOT NULL THEN {replaced.Text} END");
    }

    protected SqlException Refuse(string what) => new(
        $"{Dialect.Title} cannot {what}; derive a column in the table, where Assay computes it once for all engines");

    protected static string List(IEnumerable<string> items) => string.Join(", ", items);

    private SqlCode WriteOnce(SqlExpression expression) => expression switch
    {
        SqlValue value => Value(value),
        SqlColumnReference { Table: { } table } column => new SqlCode($"{Quote(table)}.{Quote(column.Name)}"),
        SqlColumnReference column => new SqlCode(Quote(column.Name)),
        SqlCall call => Call(call),
        SqlCase choice => Case(choice),
        SqlAggregate aggregate => Aggregate(aggregate),
        SqlRowNumber number => new SqlCode($"row_number() OVER ({Window(number.PartitionBy, number.OrderBy)})"),
        SqlGroupCount count => new SqlCode($"count(*) OVER ({Window(count.PartitionBy, [])})"),
        SqlExists exists => Exists(exists),
        SqlPlaceholder placeholder => InlinesValues
            ? Shown(placeholder)
            : throw new SqlException($"`{placeholder.Name}` has no value yet: the statement can be shown, not run"),
        _ => throw new SqlException($"{Dialect.Title} cannot say {expression.GetType().Name}"),
    };

    private static SqlCode Shown(SqlPlaceholder placeholder) => placeholder.Formula is { } formula
        ? new SqlCode(formula, placeholder.IsSum ? SqlPrecedence.Sum : SqlPrecedence.Product)
        : new SqlCode($":{placeholder.Name}");

    private SqlCode Value(SqlValue value)
    {
        if (value.IsNull)
        {
            return Null(value.Type);
        }

        if (InlinesValues)
        {
            return Literal(value);
        }

        _parameters.Add(value);
        return Parameter(value, Placeholder(_parameters.Count));
    }

    private SqlCode Call(SqlCall call) => call.Operation switch
    {
        SqlOperation.Add or SqlOperation.Subtract or SqlOperation.Multiply => Arithmetic(call),
        SqlOperation.Equal => Comparison(call, "="),
        SqlOperation.NotEqual => Comparison(call, "<>"),
        SqlOperation.Less => Comparison(call, "<"),
        SqlOperation.LessOrEqual => Comparison(call, "<="),
        SqlOperation.Greater => Comparison(call, ">"),
        SqlOperation.GreaterOrEqual => Comparison(call, ">="),
        SqlOperation.And => Joined(call, "AND", SqlPrecedence.And),
        SqlOperation.Or => Joined(call, "OR", SqlPrecedence.Or),
        SqlOperation.Not => Not(call.Arguments[0]),
        SqlOperation.IsNull => new SqlCode($"{Write(call.Arguments[0]).Compared} IS NULL", SqlPrecedence.Comparison),
        SqlOperation.IsNotNull => new SqlCode($"{Write(call.Arguments[0]).Compared} IS NOT NULL", SqlPrecedence.Comparison),
        SqlOperation.In => In(call),
        SqlOperation.Coalesce => Function("coalesce", call),
        _ => Own(call),
    };

    private SqlCode Joined(SqlCall call, string word, SqlPrecedence level)
    {
        string[] terms = [.. call.Arguments.Select(term => Write(term).At(level))];
        string line = string.Join($" {word} ", terms);
        return new SqlCode(
            line.Length <= LongestLine && !line.Contains('\n', StringComparison.Ordinal) ? line : string.Join($"{NewLine}{word} ", terms), level);
    }

    private SqlCode Case(SqlCase choice)
    {
        bool isTyped = choice.Branches.Any(branch => !IsNull(branch.Then)) || !IsNull(choice.Otherwise);
        Indent += 2;
        var lines = new List<string>();
        foreach ((SqlExpression when, SqlExpression then) in choice.Branches)
        {
            lines.Add($"WHEN {Write(when).Text} THEN {Result(then, isTyped)}");
        }

        if (!IsNull(choice.Otherwise))
        {
            lines.Add($"ELSE {Result(choice.Otherwise, isTyped)}");
        }

        Indent -= 2;
        return Cases(lines);
    }

    /// <summary>The branches of a case, on a line if it is short.</summary>
    /// <param name="branches">The branches.</param>
    /// <param name="subject">What they are compared with, if anything.</param>
    protected SqlCode Cases(IReadOnlyList<string> branches, string? subject = null)
    {
        string start = subject is null ? "CASE" : $"CASE {subject}";
        string line = $"{start} {string.Join(' ', branches)} END";
        return new SqlCode(
            line.Length <= LongestLine && !line.Contains('\n', StringComparison.Ordinal)
                ? line
                : $"{start}{NewLine}  {string.Join($"{NewLine}  ", branches)}{NewLine}END");
    }

    /// <summary>
    /// Whole months: what the calendar says, less the last one when it is not over yet, that is when the later moment has not
    /// reached the earlier one's day and time of the month.
    /// </summary>
    /// <param name="months">The months between the two, by the calendar.</param>
    /// <param name="from">How far the first moment is into its month, as something to compare.</param>
    /// <param name="to">How far the second moment is into its month.</param>
    protected SqlCode WholeMonths(string months, string from, string to) => Cases(
    [
        $"WHEN {months} > 0 AND {to} < {from} THEN {months} - 1",
        $"WHEN {months} < 0 AND {to} > {from} THEN {months} + 1",
        $"ELSE {months}",
    ]);

    /// <summary>A null needs no type beside results that have one.</summary>
    private string Result(SqlExpression value, bool isTyped) => isTyped && IsNull(value) ? "NULL" : Write(value).Text;

    private static bool IsNull(SqlExpression value) => value is SqlValue { IsNull: true };

    private SqlCode Not(SqlExpression condition) => condition is SqlExists
        ? new SqlCode($"NOT {Write(condition).Text}", SqlPrecedence.Not)
        : new SqlCode($"NOT ({Write(condition).Text})", SqlPrecedence.Not);

    private SqlCode Exists(SqlExists exists)
    {
        Indent += 2;
        string alias = exists.As is null ? "" : $" AS {Quote(exists.As)}";
        string inner = $"{NewLine}SELECT 1{NewLine}FROM {Quote(exists.Table)}{alias}{NewLine}WHERE {Write(exists.Where).Text}";
        Indent -= 2;
        return new SqlCode($"EXISTS ({inner}{NewLine})");
    }

    private string Window(IReadOnlyList<SqlExpression> partitionBy, IReadOnlyList<SqlExpression> orderBy)
    {
        string partition = partitionBy.Count == 0 ? "" : $"PARTITION BY {List(partitionBy.Select(key => Distinguished(key).Text))}";
        string order = orderBy.Count == 0 ? "" : $"ORDER BY {List(orderBy.Select(WindowTerm))}";
        return $"{partition}{(partition.Length > 0 && order.Length > 0 ? " " : "")}{order}";
    }
}
