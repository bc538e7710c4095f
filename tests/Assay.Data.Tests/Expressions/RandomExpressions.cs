namespace Assay.Data.Tests;

/// <summary>Makes random well-typed expressions over <see cref="RandomBatches.Schema"/>.</summary>
internal sealed class RandomExpressions(Random random)
{
    private static readonly string[] Units = ["second", "minute", "hour", "day", "month", "year"];
    private static readonly BinaryOperator[] Comparisons =
    [
        BinaryOperator.Equal, BinaryOperator.NotEqual, BinaryOperator.Less, BinaryOperator.LessOrEqual, BinaryOperator.Greater,
        BinaryOperator.GreaterOrEqual,
    ];

    public Expression Any(int depth) => Of((ColumnKind)random.Next(6), depth);

    public Expression Of(ColumnKind kind, int depth)
    {
        if (random.Next(40) == 0)
        {
            return LiteralExpression.Null();
        }

        if (depth <= 0)
        {
            return random.Next(4) == 0 ? Literal(kind) : Column(kind);
        }

        return random.Next(12) switch
        {
            0 => Literal(kind),
            1 => Column(kind),
            2 => Case(kind, depth),
            3 => new CallExpression(0, "coalesce", Many(kind, depth)),
            4 => random.Next(2) == 0
                ? new CallExpression(0, random.Next(2) == 0 ? "least" : "greatest", Many(kind, depth))
                : new CallExpression(0, "nullif", [Of(kind, depth - 1), Of(kind, depth - 1)]),
            _ => kind switch
            {
                ColumnKind.Integer or ColumnKind.Decimal => Number(kind, depth),
                ColumnKind.Boolean => Condition(depth),
                ColumnKind.String => Text(depth),
                _ => Moment(kind, depth),
            },
        };
    }

    private Expression Number(ColumnKind kind, int depth)
    {
        ColumnKind other = kind == ColumnKind.Integer || random.Next(3) == 0 ? ColumnKind.Integer : ColumnKind.Decimal;
        ColumnKind moment = random.Next(2) == 0 ? ColumnKind.Date : ColumnKind.Timestamp;
        int choice = random.Next(kind == ColumnKind.Integer ? 14 : 8);
        return choice switch
        {
            0 => new UnaryExpression(0, UnaryOperator.Negate, Of(kind, depth - 1)),
            1 or 2 or 3 => Binary(Pick(BinaryOperator.Add, BinaryOperator.Subtract, BinaryOperator.Modulo), kind, other, depth),
            4 or 5 => Binary(BinaryOperator.Multiply, kind, other, depth),
            6 => kind == ColumnKind.Decimal
                ? Binary(BinaryOperator.Divide, Pick(ColumnKind.Integer, kind), other, depth)
                : Call(Pick("floor", "ceil", "sign", "round"), Of(ColumnKind.Decimal, depth - 1)),
            7 => random.Next(4) switch
            {
                0 => Call("abs", Of(kind, depth - 1)),
                1 when kind == ColumnKind.Decimal => new CastExpression(
                    0, Of(Pick(ColumnKind.Integer, kind), depth - 1), ColumnType.Decimal(random.Next(6, 39), random.Next(1, 6))),
                1 => new CastExpression(0, Of(Pick(ColumnKind.Decimal, kind), depth - 1), ColumnType.Integer),
                _ => kind == ColumnKind.Decimal
                    ? Call("round", Of(kind, depth - 1), LiteralExpression.Number(random.Next(1, 8), 0))
                    : Call("length", Of(ColumnKind.String, depth - 1)),
            },
            8 or 9 => Call(Pick("year", "quarter", "month", "day", "weekday"), Of(moment, depth - 1)),
            10 => Call(Pick("hour", "minute"), Of(ColumnKind.Timestamp, depth - 1)),
            11 => Call("date_diff", LiteralExpression.String(Pick(Units)), Of(moment, depth - 1), Of(ColumnKind.Timestamp, depth - 1)),
            12 => Call("date_diff", LiteralExpression.String(Pick(Units)), Of(ColumnKind.Date, depth - 1), Of(moment, depth - 1)),
            _ => Call("length", Of(ColumnKind.String, depth - 1)),
        };
    }

    private Expression Condition(int depth)
    {
        switch (random.Next(9))
        {
            case 0:
                return new UnaryExpression(0, UnaryOperator.Not, Of(ColumnKind.Boolean, depth - 1));
            case 1 or 2:
                return Binary(Pick(BinaryOperator.And, BinaryOperator.Or), ColumnKind.Boolean, ColumnKind.Boolean, depth);
            case 3:
                return new IsNullExpression(0, Any(depth - 1), random.Next(2) == 0);
            case 4:
                return Call(Pick("starts_with", "contains"), Of(ColumnKind.String, depth - 1), Of(ColumnKind.String, depth - 1));
            case 5:
                (ColumnKind kind, ColumnKind low) = Comparable();
                return new BetweenExpression(0, Of(kind, depth - 1), Of(low, depth - 1), Of(kind, depth - 1), random.Next(2) == 0);
            case 6:
                (ColumnKind operand, ColumnKind item) = Comparable();
                int items = random.Next(1, 5);
                bool literals = random.Next(3) > 0;
                return new InExpression(
                    0,
                    Of(operand, depth - 1),
                    [.. Enumerable.Range(0, items).Select(_ => literals && random.Next(8) > 0 ? Literal(item) : Of(item, depth - 1))],
                    random.Next(2) == 0);
            default:
                (ColumnKind left, ColumnKind right) = Comparable();
                return Binary(Pick(Comparisons), left, right, depth);
        }
    }

    private (ColumnKind Left, ColumnKind Right) Comparable()
    {
        var left = (ColumnKind)random.Next(6);
        ColumnKind right = left switch
        {
            ColumnKind.Integer or ColumnKind.Decimal => Pick(ColumnKind.Integer, ColumnKind.Decimal),
            ColumnKind.Date or ColumnKind.Timestamp => Pick(ColumnKind.Date, ColumnKind.Timestamp),
            _ => left,
        };
        return (left, right);
    }

    private Expression Text(int depth) => random.Next(11) switch
    {
        0 => Call("upper", Of(ColumnKind.String, depth - 1)),
        1 => Call("lower", Of(ColumnKind.String, depth - 1)),
        2 => Call("trim", Of(ColumnKind.String, depth - 1)),
        3 => Call("concat", [.. Many(ColumnKind.String, depth)]),
        4 => Binary(BinaryOperator.Concat, ColumnKind.String, ColumnKind.String, depth),
        5 => random.Next(2) == 0
            ? Call("substring", Of(ColumnKind.String, depth - 1), Of(ColumnKind.Integer, depth - 1), Of(ColumnKind.Integer, depth - 1))
            : Call(
                "substring",
                Of(ColumnKind.String, depth - 1),
                LiteralExpression.Number(random.Next(-1, 5), 0),
                LiteralExpression.Number(random.Next(-1, 5), 0)),
        6 => Call("replace", Of(ColumnKind.String, depth - 1), Of(ColumnKind.String, depth - 1), Of(ColumnKind.String, depth - 1)),
        9 => Call(
            "split_part",
            Of(ColumnKind.String, depth - 1),
            Of(ColumnKind.String, random.Next(2) == 0 ? 0 : depth - 1),
            LiteralExpression.Number(Pick(-3, -2, -1, 1, 2, 3), 0)),
        10 => Call(
            "weighted_choice",
            LiteralExpression.String(Pick("one", "other")),
            LiteralExpression.Number(random.Next(-3, 3), 0),
            Any(depth - 1),
            [
                .. Enumerable.Range(0, random.Next(1, 4)).SelectMany(i => new[]
                {
                    LiteralExpression.String($"v{i}"), LiteralExpression.Number(random.Next(i == 0 ? 1 : 0, 5), 0),
                }),
            ]),
        7 => random.Next(2) == 0
            ? Call("to_string", Any(depth - 1))
            : new CastExpression(0, Any(depth - 1), ColumnType.String),
        _ => Call(Pick("year_month", "year_quarter", "weekday_name", "month_name"), Of(Pick(ColumnKind.Date, ColumnKind.Timestamp), depth - 1)),
    };

    private Expression Moment(ColumnKind kind, int depth)
    {
        if (kind == ColumnKind.Date && random.Next(3) == 0)
        {
            return random.Next(2) == 0
                ? Call("date", Of(ColumnKind.Timestamp, depth - 1))
                : new CastExpression(0, Of(Pick(ColumnKind.Timestamp, ColumnKind.Date), depth - 1), ColumnType.Date);
        }

        string unit = kind == ColumnKind.Date ? Pick("day", "month", "year") : Pick(Units);
        Expression count = random.Next(2) == 0
            ? LiteralExpression.Number(random.Next(-2000, 2000), 0)
            : Of(ColumnKind.Integer, depth - 1);
        return random.Next(5) == 0 && kind == ColumnKind.Timestamp
            ? new CastExpression(0, Of(ColumnKind.Date, depth - 1), ColumnType.Timestamp)
            : Call("date_add", LiteralExpression.String(unit), count, Of(kind, depth - 1));
    }

    private CaseExpression Case(ColumnKind kind, int depth)
    {
        bool simple = random.Next(3) == 0;
        (ColumnKind operand, ColumnKind when) = simple ? Comparable() : (ColumnKind.Boolean, ColumnKind.Boolean);
        return new CaseExpression(
            0,
            simple ? Of(operand, depth - 1) : null,
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new CaseBranch(Of(when, depth - 1), Of(kind, depth - 1)))],
            random.Next(3) == 0 ? null : Of(kind, depth - 1));
    }

    private BinaryExpression Binary(BinaryOperator op, ColumnKind left, ColumnKind right, int depth) =>
        new(0, op, Of(left, depth - 1), Of(right, depth - 1));

    private static CallExpression Call(string name, params Expression[] arguments) => new(0, name, arguments);

    private static CallExpression Call(string name, Expression draw, Expression seed, Expression key, Expression[] choices) =>
        new(0, name, [draw, seed, key, .. choices]);

    private Expression[] Many(ColumnKind kind, int depth) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Of(kind, depth - 1))];

    private ColumnExpression Column(ColumnKind kind) => new(
        0, Pick([.. RandomBatches.Schema.Columns.Where(column => column.Type.Kind == kind).Select(column => column.Name)]));

    private LiteralExpression Literal(ColumnKind kind)
    {
        var values = new RandomValues(random);
        return kind switch
        {
            ColumnKind.Integer => LiteralExpression.Number(values.Integer(wide: random.Next(10) == 0), 0),
            ColumnKind.Decimal => LiteralExpression.Number(values.Integer(wide: random.Next(10) == 0), random.Next(1, random.Next(3) == 0 ? 15 : 5)),
            ColumnKind.Boolean => LiteralExpression.Boolean(random.Next(2) == 0),
            ColumnKind.Date => LiteralExpression.Date(values.Day()),
            ColumnKind.Timestamp => LiteralExpression.Timestamp(values.Microsecond()),
            _ => LiteralExpression.String(values.Text()),
        };
    }

    private T Pick<T>(params T[] items) => items[random.Next(items.Length)];
}
