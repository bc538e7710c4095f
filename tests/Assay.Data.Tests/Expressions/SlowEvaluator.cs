using System.Globalization;
using System.Numerics;
using System.Text;

namespace Assay.Data.Tests;

/// <summary>
/// The meaning of expressions, one row at a time, as plainly as it can be said. Values are null, BigInteger (units of
/// the node's scale), string, bool, and DateTime for both dates and timestamps. A step that leaves 128 bits throws.
/// </summary>
internal sealed class SlowEvaluator(Schema schema)
{
    private static readonly BigInteger Least = Int128.MinValue;
    private static readonly BigInteger Most = Int128.MaxValue;
    private readonly SlowTypes _types = new(schema);

    public object? Evaluate(Expression expression, object?[] row) => expression switch
    {
        LiteralExpression literal => Literal(literal),
        ColumnExpression column => row[schema.IndexOf(column.Name)],
        UnaryExpression { Operator: UnaryOperator.Not } not => Evaluate(not.Operand, row) is bool value ? !value : null,
        UnaryExpression negate => Evaluate(negate.Operand, row) is BigInteger value ? Fit(-value) : null,
        BinaryExpression binary => Binary(binary, row),
        IsNullExpression isNull => Evaluate(isNull.Operand, row) is null != isNull.IsNegated,
        BetweenExpression between => Not(
            And(
                Compare(BinaryOperator.GreaterOrEqual, between.Operand, between.Low, row),
                Compare(BinaryOperator.LessOrEqual, between.Operand, between.High, row)),
            between.IsNegated),
        InExpression isIn => Not(
            isIn.Items.Select(item => Compare(BinaryOperator.Equal, isIn.Operand, item, row)).ToList().Aggregate(Or),
            isIn.IsNegated),
        CaseExpression choice => Case(choice, row),
        CastExpression cast => Cast(cast, row),
        CallExpression call => Call(call, row),
        _ => throw new InvalidOperationException(),
    };

    private static object? Literal(LiteralExpression literal) => literal.Type?.Kind switch
    {
        null => null,
        ColumnKind.String => literal.Text,
        ColumnKind.Boolean => literal.Units != 0,
        ColumnKind.Date => DateTime.UnixEpoch.AddDays((double)literal.Units),
        ColumnKind.Timestamp => DateTime.UnixEpoch.AddTicks((long)literal.Units * 10),
        _ => (BigInteger)literal.Units,
    };

    private static BigInteger Fit(BigInteger value) => value >= Least && value <= Most ? value : throw new OverflowException();

    private static bool? And(bool? a, bool? b) => a == false || b == false ? false : a is null || b is null ? null : true;

    private static bool? Or(bool? a, bool? b) => a == true || b == true ? true : a is null || b is null ? null : false;

    private static bool? Not(bool? value, bool negate) => negate ? !value : value;

    private static BigInteger Power(int exponent) => BigInteger.Pow(10, exponent);

    /// <summary>Half to even, digits given up.</summary>
    private static BigInteger Round(BigInteger units, int digits)
    {
        BigInteger unit = Power(digits);
        BigInteger floor = FloorDivide(units, unit);
        BigInteger twice = 2 * (units - (floor * unit));
        return twice > unit || (twice == unit && !floor.IsEven) ? floor + 1 : floor;
    }

    private static BigInteger FloorDivide(BigInteger a, BigInteger b) => (a - (((a % b) + b) % b)) / b;

    /// <summary>Python's decimal.ROUND_05UP of a / b.</summary>
    private static BigInteger Divide05Up(BigInteger a, BigInteger b)
    {
        BigInteger magnitude = BigInteger.Abs(a) / BigInteger.Abs(b);
        bool exact = (BigInteger.Abs(a) % BigInteger.Abs(b)).IsZero;
        if (!exact && (magnitude % 10 == 0 || magnitude % 10 == 5))
        {
            magnitude += 1;
        }

        return a.Sign * b.Sign < 0 ? -magnitude : magnitude;
    }

    private object? Binary(BinaryExpression node, object?[] row)
    {
        switch (node.Operator)
        {
            case BinaryOperator.And:
                return And((bool?)Evaluate(node.Left, row), (bool?)Evaluate(node.Right, row));
            case BinaryOperator.Or:
                return Or((bool?)Evaluate(node.Left, row), (bool?)Evaluate(node.Right, row));
            case BinaryOperator.Concat:
                return (string?)Evaluate(node.Left, row) is var left && (string?)Evaluate(node.Right, row) is { } right && left is not null
                    ? left + right
                    : null;
            case BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Modulo:
                return Arithmetic(node, row);
            default:
                return Compare(node.Operator, node.Left, node.Right, row);
        }
    }

    private object? Arithmetic(BinaryExpression node, object?[] row)
    {
        int scale = _types.Scale(node);
        bool sameScale = node.Operator is BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Modulo;
        object? left = sameScale ? As(node.Left, scale, row) : Evaluate(node.Left, row);
        object? right = sameScale ? As(node.Right, scale, row) : Evaluate(node.Right, row);
        if (left is not BigInteger a || right is not BigInteger b)
        {
            return null;
        }

        switch (node.Operator)
        {
            case BinaryOperator.Add:
                return Fit(a + b);
            case BinaryOperator.Subtract:
                return Fit(a - b);
            case BinaryOperator.Multiply:
                return Fit(a * b);
            case BinaryOperator.Modulo:
                return b.IsZero ? null : a % b;
            default:
                int shift = scale - _types.Scale(node.Left) + _types.Scale(node.Right);
                return b.IsZero ? null : Fit(Divide05Up(a * Power(shift), b));
        }
    }

    /// <summary>A number at a larger scale.</summary>
    private object? As(Expression expression, int scale, object?[] row) =>
        Evaluate(expression, row) is BigInteger value ? Fit(value * Power(scale - _types.Scale(expression))) : null;

    private object? As(Expression expression, ColumnType? type, object?[] row) =>
        type is { IsNumeric: true } number ? As(expression, number.Scale, row) : Evaluate(expression, row);

    private bool? Compare(BinaryOperator op, Expression left, Expression right, object?[] row)
    {
        object? a = Evaluate(left, row);
        object? b = Evaluate(right, row);
        if (a is null || b is null)
        {
            return null;
        }

        int order = Order(a, _types.Scale(left), b, _types.Scale(right));
        return op switch
        {
            BinaryOperator.Equal => order == 0,
            BinaryOperator.NotEqual => order != 0,
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessOrEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            BinaryOperator.GreaterOrEqual => order >= 0,
            _ => throw new InvalidOperationException(),
        };
    }

    private static int Order(object a, int aScale, object b, int bScale) => (a, b) switch
    {
        (BigInteger x, BigInteger y) => (x * Power(bScale)).CompareTo(y * Power(aScale)),
        (string x, string y) => x.EnumerateRunes().Select(rune => rune.Value).ToList() is var p
            && y.EnumerateRunes().Select(rune => rune.Value).ToList() is var q
            ? p.Zip(q).Select(pair => pair.First.CompareTo(pair.Second)).FirstOrDefault(order => order != 0, p.Count.CompareTo(q.Count))
            : 0,
        (bool x, bool y) => x.CompareTo(y),
        (DateTime x, DateTime y) => x.CompareTo(y),
        _ => throw new InvalidOperationException(),
    };

    private object? Case(CaseExpression node, object?[] row)
    {
        ColumnType? type = _types.Of(node);
        foreach (CaseBranch branch in node.Branches)
        {
            bool? holds = node.Operand is null
                ? (bool?)Evaluate(branch.When, row)
                : Compare(BinaryOperator.Equal, node.Operand, branch.When, row);
            if (holds == true)
            {
                return As(branch.Then, type, row);
            }
        }

        return node.Else is null ? null : As(node.Else, type, row);
    }

    private object? Cast(CastExpression node, object?[] row)
    {
        object? value = Evaluate(node.Operand, row);
        int scale = _types.Scale(node.Operand);
        switch (value)
        {
            case null:
                return null;
            case BigInteger units when node.Type.IsNumeric:
                BigInteger scaled = scale > node.Type.Scale ? Round(units, scale - node.Type.Scale) : Fit(units * Power(node.Type.Scale - scale));
                return node.Type.Kind == ColumnKind.Decimal && BigInteger.Abs(scaled) >= Power(node.Type.Precision)
                    ? throw new OverflowException()
                    : scaled;
            case DateTime moment when node.Type.Kind == ColumnKind.Date:
                return moment.Date;
            default:
                return node.Type.Kind == ColumnKind.String ? ToText(value, _types.Of(node.Operand)!.Value) : value;
        }
    }

    private static string ToText(object value, ColumnType type) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime moment => moment.ToString(type.Kind == ColumnKind.Date ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFF"),
        BigInteger units => Decimal(units, type.Scale),
        _ => throw new InvalidOperationException(),
    };

    private static string Decimal(BigInteger units, int scale)
    {
        string whole = (BigInteger.Abs(units) / Power(scale)).ToString();
        string fraction = scale == 0 ? "" : "." + (BigInteger.Abs(units) % Power(scale)).ToString().PadLeft(scale, '0');
        return (units.Sign < 0 ? "-" : "") + whole + fraction;
    }

    private object? Call(CallExpression call, object?[] row)
    {
        if (call.Name == "coalesce")
        {
            return call.Arguments.Select(argument => As(argument, _types.Of(call), row)).FirstOrDefault(value => value is not null);
        }

        if (call.Name == "nullif")
        {
            return Compare(BinaryOperator.Equal, call.Arguments[0], call.Arguments[1], row) == true ? null : Evaluate(call.Arguments[0], row);
        }

        bool isExtreme = call.Name is "least" or "greatest";
        object?[] values = [.. call.Arguments.Select(argument => isExtreme ? As(argument, _types.Of(call), row) : Evaluate(argument, row))];
        if (values.Contains(null))
        {
            return null;
        }

        int scale = call.Arguments.Count > 0 ? _types.Scale(call.Arguments[0]) : 0;
        return call.Name switch
        {
            "least" => values.Aggregate((a, b) => Order(b!, 0, a!, 0) < 0 ? b : a),
            "greatest" => values.Aggregate((a, b) => Order(b!, 0, a!, 0) > 0 ? b : a),
            "abs" => Fit(BigInteger.Abs((BigInteger)values[0]!)),
            "sign" => (BigInteger)((BigInteger)values[0]!).Sign,
            "floor" => FloorDivide((BigInteger)values[0]!, Power(scale)),
            "ceil" => -FloorDivide(-(BigInteger)values[0]!, Power(scale)),
            "round" => Round((BigInteger)values[0]!, scale - _types.Scale(call)),
            "to_string" => ToText(values[0]!, _types.Of(call.Arguments[0])!.Value),
            "lower" or "upper" or "trim" or "length" or "concat" or "substring" or "replace" or "starts_with" or "contains" or "split_part" =>
                TextCall(call.Name, values!),
            "weighted_choice" => SlowDraw.Of(ToText(values[2]!, _types.Of(call.Arguments[2])!.Value), values!),
            _ => MomentCall(call.Name, values!),
        };
    }

    private static object TextCall(string name, object[] values)
    {
        string text = (string)values[0];
        switch (name)
        {
            case "lower":
                return text.ToLowerInvariant();
            case "upper":
                return text.ToUpperInvariant();
            case "trim":
                return text.Trim(' ');
            case "length":
                return (BigInteger)text.EnumerateRunes().Count();
            case "concat":
                return string.Concat(values);
            case "replace":
                return (string)values[1] == "" ? text : text.Replace((string)values[1], (string)values[2], StringComparison.Ordinal);
            case "split_part":
                var number = (int)(BigInteger)values[2];
                string[] parts = (string)values[1] == "" ? [text] : text.Split((string)values[1], StringSplitOptions.None);
                return (number > 0 ? parts.ElementAtOrDefault(number - 1) : parts.Reverse().ElementAtOrDefault(-number - 1)) ?? "";
            case "starts_with":
                return text.StartsWith((string)values[1], StringComparison.Ordinal);
            case "contains":
                return text.Contains((string)values[1], StringComparison.Ordinal);
            default:
                var start = (BigInteger)values[1];
                BigInteger end = values.Length > 2 ? start + (BigInteger)values[2] : BigInteger.Pow(10, 60);
                var part = new StringBuilder();
                foreach ((int index, Rune rune) in text.EnumerateRunes().Index())
                {
                    part.Append(index + 1 >= start && index + 1 < end ? rune.ToString() : "");
                }

                return part.ToString();
        }
    }

    private static object MomentCall(string name, object[] values)
    {
        if (name is "date_diff")
        {
            return (BigInteger)Difference((string)values[0], (DateTime)values[1], (DateTime)values[2]);
        }

        if (name is "date_add")
        {
            return Add((string)values[0], (BigInteger)values[1], (DateTime)values[2]);
        }

        var moment = (DateTime)values[0];
        return name switch
        {
            "year" => (BigInteger)moment.Year,
            "quarter" => (BigInteger)((moment.Month + 2) / 3),
            "month" => (BigInteger)moment.Month,
            "day" => (BigInteger)moment.Day,
            "weekday" => (BigInteger)(moment.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)moment.DayOfWeek),
            "hour" => (BigInteger)moment.Hour,
            "minute" => (BigInteger)moment.Minute,
            "date" => moment.Date,
            "weekday_name" => moment.DayOfWeek.ToString(),
            "month_name" => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(moment.Month),
            "year_month" => $"{moment.Year:D4}-{moment.Month:D2}",
            "year_quarter" => $"{moment.Year:D4}-Q{(moment.Month + 2) / 3}",
            _ => throw new InvalidOperationException(),
        };
    }

    private static long Difference(string unit, DateTime from, DateTime to)
    {
        if (unit is "month" or "year")
        {
            if (to < from)
            {
                return -Difference(unit, to, from);
            }

            int months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
            bool reached = (to.Day, to.TimeOfDay).CompareTo((from.Day, from.TimeOfDay)) >= 0;
            return (reached ? months : months - 1) / (unit == "year" ? 12 : 1);
        }

        return (to - from).Ticks / Ticks(unit);
    }

    private static long Ticks(string unit) => unit switch
    {
        "second" => TimeSpan.TicksPerSecond,
        "minute" => TimeSpan.TicksPerMinute,
        "hour" => TimeSpan.TicksPerHour,
        "day" => TimeSpan.TicksPerDay,
        _ => throw new InvalidOperationException(),
    };

    private static DateTime Add(string unit, BigInteger count, DateTime moment)
    {
        try
        {
            return unit is "month" or "year"
                ? moment.AddMonths((int)(count * (unit == "year" ? 12 : 1)))
                : moment.AddTicks((long)(count * Ticks(unit)));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new OverflowException();
        }
    }
}
