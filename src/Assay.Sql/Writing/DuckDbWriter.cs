using System.Globalization;
using Assay.Data;

namespace Assay.Sql;

/// <summary>
/// Writes DuckDB's SQL. Nothing becomes a DOUBLE: every number has a whole or decimal type, constants by a cast or by the
/// way they are written, and its arithmetic then stays in HUGEINT and DECIMAL(38,s), which fail when they are left.
/// </summary>
internal sealed class DuckDbWriter(SqlDialect dialect, bool inlinesValues) : SqlWriter(dialect, inlinesValues)
{
    private static readonly System.Numerics.BigInteger WidestNarrow = System.Numerics.BigInteger.Pow(10, 18);

    protected override string WideInteger => "HUGEINT";

    protected override bool HasForeignKeys => false;

    protected override string Placeholder(int number) => string.Create(CultureInfo.InvariantCulture, $"${number}");

    protected override SqlCode Parameter(SqlValue value, string placeholder) => value.Type.Kind switch
    {
        ColumnKind.String => Cast(new SqlCode(placeholder), "VARCHAR"),
        ColumnKind.Boolean => new SqlCode(placeholder),
        ColumnKind.Integer when value.Units == (long)value.Units => Cast(new SqlCode(placeholder), "BIGINT"),
        _ => Cast(new SqlCode(placeholder), TypeOf(value)),
    };

    protected override SqlCode Literal(SqlValue value)
    {
        string plain = SqlLiterals.Plain(value);
        return value.Type.Kind switch
        {
            ColumnKind.String when plain.Contains('\0', StringComparison.Ordinal) => throw Refuse("be shown a text with a NUL character"),
            ColumnKind.String => new SqlCode(SqlLiterals.Quoted(plain, '\'')),
            ColumnKind.Boolean => new SqlCode(value.Units == 0 ? "FALSE" : "TRUE"),
            ColumnKind.Date => new SqlCode($"DATE '{plain}'"),
            ColumnKind.Timestamp => new SqlCode($"TIMESTAMP '{plain}'"),
            _ when TypeOf(value).Length > 0 => new SqlCode(plain, value.Units < 0 ? SqlPrecedence.Product : SqlPrecedence.Primary),
            _ => throw new InvalidOperationException("A number has a type."),
        };
    }

    protected override SqlCode Null(ColumnType type) => Cast(new SqlCode("NULL"), Dialect.TypeName(type));

    /// <summary>DuckDB brings numbers of different scales together by itself, in comparisons …</summary>
    protected override SqlCode Comparison(SqlCall call, string symbol) => new(
        $"{Operand(call, 0).Compared} {symbol} {Operand(call, 1).Compared}", SqlPrecedence.Comparison);

    /// <summary>… and in sums, as long as one side has the scale that the result has.</summary>
    protected override SqlCode Operand(SqlCall call, int index)
    {
        SqlExpression operand = call.Arguments[index];
        return operand is SqlCall { Operation: SqlOperation.Rescale } rescaled && call.Arguments[1 - index] is not SqlCall { Operation: SqlOperation.Rescale }
            && call.Operation != SqlOperation.Multiply
            ? Write(rescaled.Arguments[0])
            : Write(operand);
    }

    /// <summary>Of two decimals of up to 18 digits DuckDB makes one of 18, which fails past that: one of them is widened first.</summary>
    protected override SqlCode Arithmetic(SqlCall call)
    {
        SqlExpression left = call.Arguments[0];
        bool widens = !IsNarrow(left) && !IsWide(left) && !IsWide(call.Arguments[1]) && Magnitude.Of(call) >= WidestNarrow;
        return widens
            ? Infix(call.Operation, Cast(Operand(call, 0), Dialect.TypeName(ColumnType.Decimal(ColumnType.MaxPrecision, left.Type.Scale))), Operand(call, 1))
            : base.Arithmetic(call);
    }

    /// <summary>MERGE finds rows by a key that the table need not know of: the indexes of DuckDB's keys are costly.</summary>
    protected override string Upsert(UpsertFrom upsert)
    {
        if (upsert.Table.Key.Count == 0)
        {
            return InsertFrom(upsert);
        }

        string staging = Quote(upsert.Staging);
        string on = string.Join(" AND ", upsert.Table.Key.Select(key => $"{Quote(upsert.Table.Name)}.{Quote(key)} = {staging}.{Quote(key)}"));
        string[] rest = [.. upsert.Columns.Except(upsert.Table.Key, StringComparer.Ordinal)];
        string update = rest.Length == 0 ? "" : $"\nWHEN MATCHED THEN UPDATE SET\n  {Lines(rest.Select(column => $"{Quote(column)} = {staging}.{Quote(column)}"))}";
        return $"MERGE INTO {Quote(upsert.Table.Name)}\nUSING {staging} ON {on}{update}\n"
            + $"WHEN NOT MATCHED THEN INSERT ({List(upsert.Columns.Select(Quote))})\n"
            + $"VALUES ({List(upsert.Columns.Select(column => $"{staging}.{Quote(column)}"))})";
    }

    protected override SqlCode Own(SqlCall call) => call.Operation switch
    {
        // By 0 it is null here, too.
        SqlOperation.Modulo => Infix(SqlOperation.Modulo, Divided(call, 0), Divided(call, 1)),
        SqlOperation.Rescale => Rescale(call),
        SqlOperation.Least => NullIfAny("least", call),
        SqlOperation.Greatest => NullIfAny("greatest", call),
        SqlOperation.Absolute => Function("abs", call),
        SqlOperation.Sign => Cast(Function("sign", call), "BIGINT"),
        SqlOperation.Concat => Joined(call),
        SqlOperation.Length => Function("length", call),
        SqlOperation.Contains => Function("contains", call),
        SqlOperation.StartsWith => Function("starts_with", call),
        SqlOperation.Replace => Function("replace", call),
        SqlOperation.Substring => Function("substring", call),
        SqlOperation.DateToTimestamp => Cast(Write(call.Arguments[0]), "TIMESTAMP"),
        SqlOperation.Date => Cast(Write(call.Arguments[0]), "DATE"),
        SqlOperation.Year => Function("year", call),
        SqlOperation.Quarter => Function("quarter", call),
        SqlOperation.Month => Function("month", call),
        SqlOperation.Day => Function("day", call),
        SqlOperation.Weekday => Function("isodow", call),
        SqlOperation.WeekdayName => Function("dayname", call),
        SqlOperation.MonthName => Function("monthname", call),
        SqlOperation.Hour => Function("hour", call),
        SqlOperation.Minute => Function("minute", call),
        SqlOperation.YearMonth => Function("strftime", Write(call.Arguments[0]).Text, "'%Y-%m'"),
        SqlOperation.YearQuarter => YearQuarter(Write(call.Arguments[0]).Text),
        SqlOperation.DateAdd => DateAdd(call),
        SqlOperation.DateDifference => DateDifference(call),
        _ => throw Refuse($"say {call.Operation}"),
    };

    /// <summary>Whether DuckDB holds a number in more than 64 bits already, or takes it for one of 19 digits.</summary>
    private static bool IsWide(SqlExpression number) => number switch
    {
        SqlColumnReference column => column.Type.Kind == ColumnKind.Integer || column.Type.Precision > 18,
        SqlCall { Operation: SqlOperation.Add or SqlOperation.Subtract or SqlOperation.Multiply } => Magnitude.Of(number) >= WidestNarrow,
        _ => false,
    };

    private static SqlCode YearQuarter(string moment) => new($"strftime({moment}, '%Y') || '-Q' || quarter({moment})", SqlPrecedence.Concat);

    private SqlCode Rescale(SqlCall call)
    {
        SqlExpression number = call.Arguments[0];
        if (call.Type.Scale == number.Type.Scale)
        {
            return Write(number);
        }

        int precision = number.Type.Kind == ColumnKind.Decimal ? number.Type.Precision : 19;
        precision = Math.Min(precision + call.Type.Scale - number.Type.Scale, ColumnType.MaxPrecision);
        return Cast(Write(number), Dialect.TypeName(ColumnType.Decimal(precision, call.Type.Scale)));
    }

    /// <summary>A moment later by a number of units. DuckDB knows days long before and after the years 1 to 9999, so a moment
    /// goes as far up and down as leads from the last and the first of them to its own last and first, and back: who leaves them
    /// fails there.</summary>
    private SqlCode DateAdd(SqlCall call)
    {
        SqlExpression number = call.Arguments[0];
        string moment = Write(call.Arguments[1]).At(SqlPrecedence.Sum);
        if (call.Unit == "day" && call.Type.Kind == ColumnKind.Date)
        {
            return new SqlCode($"{moment} + {Whole(number, "INTEGER").At(SqlPrecedence.Product)} + 2144550750 - 2144550750 - 2146764484 + 2146764484", SqlPrecedence.Sum);
        }

        string interval = call.Unit switch
        {
            "year" => $"to_years({Whole(number, "INTEGER").Text})",
            "month" => $"to_months({Whole(number, "INTEGER").Text})",
            "day" => $"to_days({Whole(number, "INTEGER").Text})",
            "hour" => $"to_hours({Whole(number, "BIGINT").Text})",
            "minute" => $"to_minutes({Whole(number, "BIGINT").Text})",

            // to_seconds() takes a DOUBLE.
            _ => $"to_microseconds({Whole(number, "BIGINT").At(SqlPrecedence.Product)} * 1000000)",
        };
        const string Up = "to_microseconds(8969969736054775807)";
        const string Down = "to_microseconds(9161236425600000000)";
        var sum = new SqlCode($"{moment} + {interval} + {Up} - {Up} - {Down} + {Down}", SqlPrecedence.Sum);
        return call.Type.Kind == ColumnKind.Date ? Cast(sum, "DATE") : sum;
    }

    /// <summary>An operand of a remainder, which becomes a DOUBLE when no one decimal type holds both.</summary>
    private SqlCode Divided(SqlCall call, int index) => call.Arguments.All(IsNarrow)
        ? Write(call.Arguments[index])
        : Cast(
            Operand(call, index),
            call.Type.Scale == 0 ? WideInteger : Dialect.TypeName(ColumnType.Decimal(ColumnType.MaxPrecision, call.Type.Scale)));

    /// <summary>A number as a narrower one; what does not fit fails.</summary>
    private SqlCode Whole(SqlExpression number, string type) =>
        (number is SqlValue && InlinesValues) || (type == "BIGINT" && IsNarrow(number)) ? Write(number) : Cast(Write(number), type);

    private SqlCode DateDifference(SqlCall call)
    {
        if (call.Unit == "day" && Moments.Dates(call) is var (first, second))
        {
            return new SqlCode($"{Write(second).At(SqlPrecedence.Sum)} - {Write(first).At(SqlPrecedence.Product)}", SqlPrecedence.Sum);
        }

        string from = Write(call.Arguments[0]).Text;
        string to = Write(call.Arguments[1]).Text;
        if (Moments.IsCalendar(call))
        {
            SqlCode months = WholeMonths(
                $"(year({to}) - year({from})) * 12 + month({to}) - month({from})",
                $"{from} - date_trunc('month', {from})",
                $"{to} - date_trunc('month', {to})");
            return call.Unit == "month" ? months : new SqlCode($"{months.Text} // 12", SqlPrecedence.Product);
        }

        // Division of whole numbers, cut off toward zero.
        return new SqlCode($"(epoch_us({to}) - epoch_us({from})) // {Moments.Microseconds(call)}", SqlPrecedence.Product);
    }

    private string TypeOf(SqlValue number)
    {
        if (number.Type.Kind is not (ColumnKind.Integer or ColumnKind.Decimal))
        {
            return Dialect.TypeName(number.Type);
        }

        int digits = SqlLiterals.Digits(number);
        return number.Type.Kind == ColumnKind.Integer ? "HUGEINT"
            : digits <= ColumnType.MaxPrecision ? Dialect.TypeName(ColumnType.Decimal(digits, number.Type.Scale))
            : throw Refuse($"hold the number {SqlLiterals.Plain(number)}, which has more than {ColumnType.MaxPrecision} digits");
    }
}
