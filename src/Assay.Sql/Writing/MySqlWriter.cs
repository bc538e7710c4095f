using System.Globalization;
using System.Text;
using Assay.Data;

namespace Assay.Sql;

/// <summary>
/// Writes MariaDB's and MySQL's SQL. Their decimals are exact and bring scales together by themselves, bigint fails past 64
/// bits. Decimals of more than 65 digits would be cut off silently, but only where they are stored, and Assay's
/// own numbers of at most 39 digits never get there.
/// </summary>
internal sealed class MySqlWriter(MySqlDialect dialect, bool inlinesValues) : SqlWriter(dialect, inlinesValues)
{
    protected override string WideInteger => "DECIMAL(20,0)";

    protected override string TableOptions =>
        $" ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE {dialect.Collation}";

    /// <summary>InnoDB checks at once, and cannot wait for the commit; what loses its row refers to none until it is linked anew.</summary>
    protected override string ReferenceOptions => " ON DELETE SET NULL";

    protected override string Exchange(ExchangeTable exchange) =>
        $"RENAME TABLE {Quote(exchange.Table)} TO {Quote(exchange.Old)}, {Quote(exchange.By)} TO {Quote(exchange.Table)}";

    /// <summary>MySQL knows no IF NOT EXISTS here: there, error 1061 says that the index is there.</summary>
    protected override string CreateIndexWords => dialect == MySqlDialect.MariaDb ? base.CreateIndexWords : "CREATE INDEX";

    /// <summary>Text that is no key has any length, of which an index takes the first characters.</summary>
    protected override string IndexColumn(SqlColumn column) =>
        column.Type.Kind == ColumnKind.String ? $"{Quote(column.Name)}(255)" : Quote(column.Name);

    protected override string Placeholder(int number) => string.Create(CultureInfo.InvariantCulture, $"@p{number}");

    protected override SqlCode Parameter(SqlValue value, string placeholder) => value.Type.Kind switch
    {
        ColumnKind.String or ColumnKind.Boolean => new SqlCode(placeholder),
        ColumnKind.Integer when value.Units == (long)value.Units => new SqlCode(placeholder),
        ColumnKind.Date => Cast(new SqlCode(placeholder), "DATE"),
        ColumnKind.Timestamp => Cast(new SqlCode(placeholder), "DATETIME(6)"),
        _ => Cast(new SqlCode(placeholder), DecimalType(value)),
    };

    protected override SqlCode Literal(SqlValue value)
    {
        string plain = SqlLiterals.Plain(value);
        return value.Type.Kind switch
        {
            ColumnKind.String => Text(plain),
            ColumnKind.Boolean => new SqlCode(value.Units == 0 ? "FALSE" : "TRUE"),
            ColumnKind.Date => new SqlCode($"DATE '{plain}'"),
            ColumnKind.Timestamp => new SqlCode($"TIMESTAMP '{plain}'"),
            _ => new SqlCode(plain, value.Units < 0 ? SqlPrecedence.Product : SqlPrecedence.Primary),
        };
    }

    protected override SqlCode Null(ColumnType type) => new("NULL");

    /// <summary>There is no NULLS LAST. Descending, nulls would come last by themselves; but MariaDB 10.11 then counts the group of
    /// a computed decimal that is null into the group before it.</summary>
    protected override string OrderTerm(SelectColumn column, SqlCode code, int place, bool isDescending)
    {
        string term = string.Create(CultureInfo.InvariantCulture, $"{place}{(isDescending ? " DESC" : "")}");
        return column.Value is SqlAggregate { Function: SqlAggregateFunction.Count or SqlAggregateFunction.CountDistinct }
            ? term
            : $"{code.Compared} IS NULL, {term}";
    }

    protected override string WindowTerm(SqlExpression term)
    {
        SqlCode code = Write(term);
        return $"{code.Compared} IS NULL, {code.Text}";
    }

    protected override string Upsert(UpsertFrom upsert)
    {
        string insert = InsertFrom(upsert);
        if (upsert.Table.Key.Count == 0)
        {
            return insert;
        }

        // A row that is its key and nothing else stays as it is.
        string[] rest = [.. upsert.Columns.Except(upsert.Table.Key, StringComparer.Ordinal)];
        string[] changed = rest.Length > 0 ? rest : [upsert.Table.Key[0]];
        return $"{insert}\nON DUPLICATE KEY UPDATE\n  {Lines(changed.Select(column => $"{Quote(column)} = VALUES({Quote(column)})"))}";
    }

    protected override SqlCode Own(SqlCall call) => call.Operation switch
    {
        SqlOperation.Modulo => Modulo(call),
        SqlOperation.Rescale => Write(call.Arguments[0]),
        SqlOperation.Least => Function("least", call),
        SqlOperation.Greatest => Function("greatest", call),
        SqlOperation.Absolute => Function("abs", call),
        SqlOperation.Sign => Function("sign", call),
        SqlOperation.Concat => Function("concat", call),
        SqlOperation.Length => Function("char_length", call),
        SqlOperation.Contains => new SqlCode($"{Function("instr", call).Text} > 0", SqlPrecedence.Comparison),
        SqlOperation.StartsWith => new SqlCode($"{Function("instr", call).Text} = 1", SqlPrecedence.Comparison),
        SqlOperation.Replace => ReplaceUnlessNull(call),
        SqlOperation.Substring => Function("substring", call),
        SqlOperation.DateToTimestamp => Cast(Write(call.Arguments[0]), "DATETIME(6)"),
        SqlOperation.Date => Cast(Write(call.Arguments[0]), "DATE"),
        SqlOperation.Year => Function("year", call),
        SqlOperation.Quarter => Function("quarter", call),
        SqlOperation.Month => Function("month", call),
        SqlOperation.Day => Function("day", call),
        SqlOperation.Weekday => new SqlCode($"{Function("weekday", call).Text} + 1", SqlPrecedence.Sum),
        SqlOperation.WeekdayName => Function("dayname", call),
        SqlOperation.MonthName => Function("monthname", call),
        SqlOperation.Hour => Function("hour", call),
        SqlOperation.Minute => Function("minute", call),
        SqlOperation.YearMonth => Function("date_format", Write(call.Arguments[0]).Text, "'%Y-%m'"),
        SqlOperation.YearQuarter => YearQuarter(Write(call.Arguments[0]).Text),
        SqlOperation.DateAdd => DateAdd(call),
        SqlOperation.DateDifference => Function(
            "timestampdiff", call.Unit!.ToUpperInvariant(), Write(call.Arguments[0]).Text, Write(call.Arguments[1]).Text),
        _ => throw Refuse($"say {call.Operation}"),
    };

    /// <summary>By 0 it is null here, too. Of decimals MariaDB makes a −0, which is less than 0 there and not equal to it; 0 more is 0.</summary>
    private SqlCode Modulo(SqlCall call)
    {
        SqlCode rest = Infix(SqlOperation.Modulo, Operand(call, 0), Operand(call, 1));
        return call.Arguments.All(IsNarrow) ? rest : Infix(SqlOperation.Add, rest, new SqlCode("0"));
    }

    private static SqlCode YearQuarter(string moment) => Function("concat", $"date_format({moment}, '%Y')", "'-Q'", $"quarter({moment})");

    /// <summary>A moment later by a number of units. Past the year 9999 and before 0 the database gives null, and by enough years it
    /// comes round to where it was; a whole number past 64 bits fails, as leaving the calendar does in Assay.</summary>
    private SqlCode DateAdd(SqlCall call)
    {
        (SqlExpression number, SqlExpression moment) = (call.Arguments[0], call.Arguments[1]);
        (SqlCode count, SqlCode from) = (Write(number), Write(moment));
        string moved = $"{from.At(SqlPrecedence.Sum)} + INTERVAL {count.At(SqlPrecedence.Primary)} {call.Unit!.ToUpperInvariant()}";
        long most = Moments.Most(call.Unit);
        string within = number is SqlValue { Units: var units } && Int128.Abs(units) <= most
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{count.Compared} BETWEEN -{most} AND {most} AND ");
        string[] known = [.. new[] { (number, count), (moment, from) }
            .Where(operand => operand.Item1 is not SqlValue).Select(operand => $"{operand.Item2.Compared} IS NOT NULL")];
        string isKnown = known.Length == 0 ? "TRUE" : string.Join(" AND ", known);
        return Cases(
        [
            $"WHEN {within}{moved} >= DATE '0001-01-01' THEN {moved}",
            $"WHEN {isKnown} THEN CAST(9223372036854775807 + ({isKnown}) AS {(call.Type.Kind == ColumnKind.Date ? "DATE" : "DATETIME(6)")})",
        ]);
    }

    /// <summary>A backslash is an escape or none, as the session's NO_BACKSLASH_ESCAPES says; hexadecimal is always the same.</summary>
    private SqlCode Text(string text) => text.Any(letter => letter is '\\' or '\0')
        ? new SqlCode($"(_utf8mb4 X'{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}' COLLATE {dialect.Collation})")
        : new SqlCode(SqlLiterals.Quoted(text, '\''));

    private static string DecimalType(SqlValue number) =>
        string.Create(CultureInfo.InvariantCulture, $"DECIMAL({SqlLiterals.Digits(number)},{number.Type.Scale})");
}
