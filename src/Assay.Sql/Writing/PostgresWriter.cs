using System.Globalization;
using Assay.Data;

namespace Assay.Sql;

/// <summary>
/// Writes PostgreSQL's SQL. Its <c>numeric</c> is exact at any size and brings scales together by itself; its <c>bigint</c>
/// fails past 64 bits. Text is compared by code point: columns are, and what is made of none is told to be.
/// </summary>
internal sealed class PostgresWriter(SqlDialect dialect, bool inlinesValues) : SqlWriter(dialect, inlinesValues)
{
    protected override string WideInteger => "numeric";

    protected override string CreateTableWords(CreateTable create) => create.IsStaging ? "CREATE UNLOGGED TABLE" : "CREATE TABLE";

    /// <summary>Checked when all is in place, at the commit.</summary>
    protected override string ReferenceOptions => " DEFERRABLE INITIALLY DEFERRED";

    protected override string Placeholder(int number) => string.Create(CultureInfo.InvariantCulture, $"${number}");

    protected override SqlCode Parameter(SqlValue value, string placeholder)
    {
        if (value.Text is { } text)
        {
            RequireText(text);
        }

        return Cast(new SqlCode(placeholder), PlainType(value.Type, value.Units));
    }

    protected override SqlCode Literal(SqlValue value)
    {
        string plain = SqlLiterals.Plain(value);
        switch (value.Type.Kind)
        {
            case ColumnKind.String:
                RequireText(plain);

                // With E a backslash is doubled whatever standard_conforming_strings says.
                string quoted = SqlLiterals.Quoted(plain, '\'');
                return new SqlCode(quoted.Contains('\\', StringComparison.Ordinal) ? "E" + quoted.Replace("\\", "\\\\", StringComparison.Ordinal) : quoted);
            case ColumnKind.Boolean:
                return new SqlCode(value.Units == 0 ? "FALSE" : "TRUE");
            case ColumnKind.Date:
                return new SqlCode($"DATE '{plain}'");
            case ColumnKind.Timestamp:
                return new SqlCode($"TIMESTAMP '{plain}'");
            default:
                return new SqlCode(plain, value.Units < 0 ? SqlPrecedence.Product : SqlPrecedence.Primary);
        }
    }

    protected override SqlCode Null(ColumnType type) => Cast(new SqlCode("NULL"), PlainType(type, 0));

    protected override SqlCode Ordered(SqlExpression value)
    {
        SqlCode code = Write(value);
        return value.Type.Kind == ColumnKind.String && !IsByCodePoint(value)
            ? new SqlCode($"{code.At(SqlPrecedence.Primary)} COLLATE \"C\"", SqlPrecedence.Concat)
            : code;
    }

    protected override SqlCode Selected(SelectColumn column, int place, SelectStatement select, bool isInner) =>
        isInner || select.OrderBy.Any(term => term.Column == place) ? Ordered(column.Value) : Write(column.Value);

    protected override SqlCode Aggregate(SqlAggregate aggregate) => aggregate switch
    {
        // There is no least or greatest boolean.
        { Argument.Type.Kind: ColumnKind.Boolean, Function: SqlAggregateFunction.Min } => Function("bool_and", Write(aggregate.Argument).Text),
        { Argument.Type.Kind: ColumnKind.Boolean, Function: SqlAggregateFunction.Max } => Function("bool_or", Write(aggregate.Argument).Text),
        _ => base.Aggregate(aggregate),
    };

    protected override SqlCode Own(SqlCall call) => call.Operation switch
    {
        SqlOperation.Modulo => Modulo(call),
        SqlOperation.Rescale => Write(call.Arguments[0]),
        SqlOperation.Least => NullIfAny("least", call),
        SqlOperation.Greatest => NullIfAny("greatest", call),
        SqlOperation.Absolute => Function("abs", call),
        SqlOperation.Sign => Cast(Function("sign", call), "bigint"),
        SqlOperation.Concat => Joined(call),
        SqlOperation.Length => Cast(Function("char_length", call), "bigint"),
        SqlOperation.Contains => new SqlCode($"{Function("strpos", call).Text} > 0", SqlPrecedence.Comparison),
        SqlOperation.StartsWith => Function("starts_with", call),
        SqlOperation.Replace => Function("replace", call),
        SqlOperation.Substring => Function("substring", [Write(call.Arguments[0]).Text, .. call.Arguments.Skip(1).Select(place => Whole(place).Text)]),
        SqlOperation.DateToTimestamp => Cast(Write(call.Arguments[0]), "timestamp"),
        SqlOperation.Date => Cast(Write(call.Arguments[0]), "date"),
        SqlOperation.Year => Part("YEAR", Write(call.Arguments[0]).Text),
        SqlOperation.Quarter => Part("QUARTER", Write(call.Arguments[0]).Text),
        SqlOperation.Month => Part("MONTH", Write(call.Arguments[0]).Text),
        SqlOperation.Day => Part("DAY", Write(call.Arguments[0]).Text),
        SqlOperation.Weekday => Part("ISODOW", Write(call.Arguments[0]).Text),
        SqlOperation.Hour => Part("HOUR", Write(call.Arguments[0]).Text),
        SqlOperation.Minute => Part("MINUTE", Write(call.Arguments[0]).Text),

        // Without TM the names are English whatever the server's language is.
        SqlOperation.WeekdayName => Function("to_char", Write(call.Arguments[0]).Text, "'FMDay'"),
        SqlOperation.MonthName => Function("to_char", Write(call.Arguments[0]).Text, "'FMMonth'"),
        SqlOperation.YearMonth => Function("to_char", Write(call.Arguments[0]).Text, "'YYYY-MM'"),
        SqlOperation.YearQuarter => Function("to_char", Write(call.Arguments[0]).Text, "'YYYY-\"Q\"Q'"),
        SqlOperation.DateAdd => DateAdd(call),
        SqlOperation.DateDifference => DateDifference(call),
        _ => throw Refuse($"say {call.Operation}"),
    };

    private static SqlCode Part(string part, string moment) => Cast(new SqlCode($"EXTRACT({part} FROM {moment})"), "bigint");

    private static string PlainType(ColumnType type, Int128 units) => type.Kind switch
    {
        ColumnKind.String => "text",
        ColumnKind.Integer when units == (long)units => "bigint",
        ColumnKind.Integer or ColumnKind.Decimal => "numeric",
        ColumnKind.Boolean => "boolean",
        ColumnKind.Date => "date",
        _ => "timestamp",
    };

    /// <summary>Whether a text goes by the collation of a column, which is by code point; a constant, or what a function makes of
    /// other things, goes by the database's.</summary>
    private static bool IsByCodePoint(SqlExpression text) => text switch
    {
        SqlColumnReference => true,
        SqlCall call => call.Arguments.Any(argument => argument.Type.Kind == ColumnKind.String && IsByCodePoint(argument)),
        SqlCase choice => choice.Branches.Any(branch => IsByCodePoint(branch.Then)) || IsByCodePoint(choice.Otherwise),
        SqlAggregate => true,
        _ => false,
    };

    private void RequireText(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new SqlException($"{Dialect.Title} cannot hold a text with a NUL character; replace it where the rows are cleaned");
        }
    }

    /// <summary>A division by 0 would fail.</summary>
    private SqlCode Modulo(SqlCall call)
    {
        SqlCode divisor = Operand(call, 1);
        bool isSafe = call.Arguments[1] is SqlValue value && value.Units != 0;
        return Infix(SqlOperation.Modulo, Operand(call, 0), isSafe ? divisor : Function("nullif", divisor.Text, "0"));
    }

    /// <summary>A number times an interval goes through a double, which is exact for whole numbers up to 2^53 and their products
    /// with a unit's microseconds as far as any two of the years 1 to 9999 are apart: 3,600,000,000 is 2^10 times an odd number,
    /// 60,000,000 2^8 times, 1,000,000 2^6 times. PostgreSQL knows days long before and after those years, so a moment goes as far
    /// up and down as leads from the last and the first of them to its own last and first, and back: who leaves them fails there.</summary>
    private SqlCode DateAdd(SqlCall call)
    {
        SqlExpression number = call.Arguments[0];
        string moment = Write(call.Arguments[1]).At(SqlPrecedence.Sum);
        if (call.Unit == "day" && call.Type.Kind == ColumnKind.Date)
        {
            return new SqlCode($"{moment} + {Whole(number).At(SqlPrecedence.Product)} + 2142110009 - 2142110009 - 1721426 + 1721426", SqlPrecedence.Sum);
        }

        var sum = new SqlCode(
            $"{moment} + {Write(number).At(SqlPrecedence.Product)} * INTERVAL '1 {call.Unit}'"
            + " + INTERVAL '103830043 days' - INTERVAL '103830043 days' - INTERVAL '1721426 days' + INTERVAL '1721426 days'",
            SqlPrecedence.Sum);
        return call.Type.Kind == ColumnKind.Date ? Cast(sum, "date") : sum;
    }

    /// <summary>A number as a 32-bit one; what does not fit fails.</summary>
    private SqlCode Whole(SqlExpression number) =>
        number is SqlValue && InlinesValues ? Write(number) : Cast(Write(number), "integer");

    private SqlCode DateDifference(SqlCall call)
    {
        if (call.Unit == "day" && Moments.Dates(call) is var (first, second))
        {
            var days = new SqlCode($"{Write(second).At(SqlPrecedence.Sum)} - {Write(first).At(SqlPrecedence.Product)}", SqlPrecedence.Sum);
            return Cast(days, "bigint");
        }

        string from = Write(call.Arguments[0]).At(SqlPrecedence.Product);
        string to = Write(call.Arguments[1]).At(SqlPrecedence.Sum);
        if (Moments.IsCalendar(call))
        {
            SqlCode months = WholeMonths(
                $"(EXTRACT(YEAR FROM {to}) - EXTRACT(YEAR FROM {from})) * 12 + EXTRACT(MONTH FROM {to}) - EXTRACT(MONTH FROM {from})",
                $"{from} - date_trunc('month', {from})",
                $"{to} - date_trunc('month', {to})");
            return Cast(call.Unit == "month" ? months : Function("div", months.Text, "12"), "bigint");
        }

        // div() cuts off toward zero; a quotient would be rounded first.
        return Cast(Function("div", $"EXTRACT(EPOCH FROM {to} - {from})", Moments.Seconds(call)), "bigint");
    }
}
