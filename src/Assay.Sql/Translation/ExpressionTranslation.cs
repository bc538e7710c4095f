using Assay.Data;

namespace Assay.Sql;

/// <summary>Translates one expression. Every node's type is the one that <see cref="ExpressionBinder"/> gives it, and what
/// that folds to a constant is a value here.</summary>
internal sealed class ExpressionTranslation(Schema schema, Func<int, SqlExpression> column)
{
    private readonly Dictionary<Expression, BoundExpression> _bound = [];

    /// <summary>Translates a node.</summary>
    public SqlExpression Translate(Expression node)
    {
        BoundExpression bound = Bind(node);
        if (bound.Constant is { } constant)
        {
            return constant.Type is null ? SqlValue.Null(bound.Type) : new SqlValue(bound.Type, constant.Units, constant.Text);
        }

        return Conversion.To(Make(node), bound.Type);
    }

    /// <summary>A node's type and, when it has one, its constant.</summary>
    public BoundExpression Bind(Expression node)
    {
        if (!_bound.TryGetValue(node, out BoundExpression? bound))
        {
            bound = ExpressionBinder.Bind(node, schema);
            _bound.Add(node, bound);
        }

        return bound;
    }

    /// <summary>Translates a node that must be true or false.</summary>
    public SqlExpression Condition(Expression node) => Conversion.To(Translate(node), ColumnType.Boolean);

    /// <summary>Compares two nodes; constants are compared here and now.</summary>
    public SqlExpression Compare(BinaryOperator op, Expression left, Expression right) =>
        Translate(new BinaryExpression(left.Position, op, left, right));

    /// <summary>An operation that is null when an argument is.</summary>
    public static SqlExpression Strict(ColumnType type, SqlOperation operation, params IReadOnlyList<SqlExpression> arguments) =>
        arguments.Any(argument => argument is SqlValue { IsNull: true })
            ? SqlValue.Null(type)
            : new SqlCall(type, operation, arguments);

    /// <summary>Refuses what not every database computes with the same result.</summary>
    public static SqlException Refuse(string what) => new(
        $"{what} does not come out the same in every database: derive a column in the table, where Assay computes it once for all engines");

    private SqlExpression Make(Expression node) => node switch
    {
        ColumnExpression named => column(schema.IndexOf(named.Name)),
        UnaryExpression { Operator: UnaryOperator.Not } not => Strict(ColumnType.Boolean, SqlOperation.Not, Condition(not.Operand)),
        UnaryExpression negate => Negate(negate.Operand),
        BinaryExpression { Operator: BinaryOperator.And or BinaryOperator.Or } both => new SqlCall(
            ColumnType.Boolean,
            both.Operator == BinaryOperator.And ? SqlOperation.And : SqlOperation.Or,
            [Condition(both.Left), Condition(both.Right)]),
        BinaryExpression { Operator: BinaryOperator.Concat } concat =>
            Strict(ColumnType.String, SqlOperation.Concat, Translate(concat.Left), Translate(concat.Right)),
        BinaryExpression binary => OperationOf(binary.Operator) is { } operation
            ? Comparison.Of(operation, Translate(binary.Left), Translate(binary.Right))
            : Arithmetic(binary),
        IsNullExpression isNull => new SqlCall(
            ColumnType.Boolean, isNull.IsNegated ? SqlOperation.IsNotNull : SqlOperation.IsNull, [Translate(isNull.Operand)]),
        BetweenExpression between => Between(between),
        InExpression isIn => Negated(In(isIn), isIn.IsNegated),
        CaseExpression choice => Choice.Case(this, choice),
        CastExpression cast => Numbers.Cast(this, cast),
        CallExpression call => Functions.Translate(this, call),
        _ => throw new InvalidOperationException($"{node.GetType().Name} cannot be translated."),
    };

    private SqlExpression Negate(Expression operand)
    {
        SqlExpression value = Translate(operand);
        ColumnType type = Conversion.Number(value.Type.Scale);
        return Strict(type, SqlOperation.Subtract, new SqlValue(type, 0), Conversion.To(value, type));
    }

    private SqlExpression Arithmetic(BinaryExpression node)
    {
        ColumnType type = Bind(node).Type;
        SqlOperation operation = node.Operator switch
        {
            BinaryOperator.Add => SqlOperation.Add,
            BinaryOperator.Subtract => SqlOperation.Subtract,
            BinaryOperator.Multiply => SqlOperation.Multiply,
            BinaryOperator.Modulo => SqlOperation.Modulo,
            _ => throw Refuse("a quotient (`/`)"),
        };
        SqlExpression left = Translate(node.Left);
        SqlExpression right = Translate(node.Right);
        if (Given.Of(operation, left, right, type) is { } given)
        {
            return given;
        }

        if (operation != SqlOperation.Multiply)
        {
            left = AtScaleOf(left, type);
            right = AtScaleOf(right, type);
        }

        return Strict(type, operation, left, right);
    }

    private static SqlExpression AtScaleOf(SqlExpression number, ColumnType type) =>
        number.Type.IsNumeric && number.Type.Scale == type.Scale ? number : Conversion.To(number, type);

    private SqlExpression Between(BetweenExpression node)
    {
        var inside = new SqlCall(
            ColumnType.Boolean,
            SqlOperation.And,
            [
                Compare(BinaryOperator.GreaterOrEqual, node.Operand, node.Low),
                Compare(BinaryOperator.LessOrEqual, node.Operand, node.High),
            ]);
        return Negated(inside, node.IsNegated);
    }

    private SqlExpression In(InExpression node)
    {
        SqlExpression operand = Translate(node.Operand);
        var terms = new List<SqlExpression>();
        var known = new List<SqlExpression>();
        bool hasNull = false;
        bool hasConstants = false;
        foreach (Expression item in node.Items)
        {
            if (!IsConstantFor(item, node.Operand))
            {
                terms.Add(Compare(BinaryOperator.Equal, node.Operand, item));
                continue;
            }

            hasConstants = true;
            var constant = (SqlValue)Translate(item);
            hasNull |= constant.IsNull;
            if (!constant.IsNull && Equivalent(constant, operand.Type) is { } same)
            {
                known.Add(same);
            }
        }

        if (hasConstants)
        {
            // Strange as it is, null may be any of them: what is not in a list with a null is unknown.
            SqlExpression[] listed = hasNull ? [.. known, SqlValue.Null(operand.Type)] : [.. known];
            terms.Add(known.Count > 0 ? new SqlCall(ColumnType.Boolean, SqlOperation.In, [operand, .. listed])
                : hasNull ? SqlValue.Null(ColumnType.Boolean)
                : Comparison.Decided(operand, false));
        }

        return terms.Count == 1 ? terms[0] : new SqlCall(ColumnType.Boolean, SqlOperation.Or, terms);
    }

    private bool IsConstantFor(Expression item, Expression operand)
    {
        BoundExpression value = Bind(item);
        ColumnType type = Bind(operand).Type;
        return value.Constant is not null
            && Bind(operand).Constant is null
            && (value.IsUntypedNull
                || (value.Type.IsNumeric && type.IsNumeric)
                || value.Type.Kind == type.Kind
                || (value.Type.Kind == ColumnKind.Date && type.Kind == ColumnKind.Timestamp));
    }

    private static SqlExpression? Equivalent(SqlValue constant, ColumnType type) => type.IsNumeric
        ? Comparison.Exactly(constant, type.Scale) is { } units ? new SqlValue(type, units) : null
        : Conversion.To(constant, type);

    private static SqlExpression Negated(SqlExpression condition, bool isNegated) =>
        isNegated ? Strict(ColumnType.Boolean, SqlOperation.Not, condition) : condition;

    private static SqlOperation? OperationOf(BinaryOperator op) => op switch
    {
        BinaryOperator.Equal => SqlOperation.Equal,
        BinaryOperator.NotEqual => SqlOperation.NotEqual,
        BinaryOperator.Less => SqlOperation.Less,
        BinaryOperator.LessOrEqual => SqlOperation.LessOrEqual,
        BinaryOperator.Greater => SqlOperation.Greater,
        BinaryOperator.GreaterOrEqual => SqlOperation.GreaterOrEqual,
        _ => null,
    };
}
