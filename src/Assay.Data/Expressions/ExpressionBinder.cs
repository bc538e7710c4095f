namespace Assay.Data;

/// <summary>Gives the columns and functions of an expression their meaning and checks its types.</summary>
/// <remarks>
/// Integers and decimals mix. <c>+</c> and <c>-</c> give the larger scale of both sides, <c>*</c> the sum of the
/// scales, <c>/</c> the larger scale and <see cref="DivisionDigits"/> more. An operand is brought to the scale of
/// the result before it is computed.
/// </remarks>
public sealed class ExpressionBinder
{
    /// <summary>The digits that a quotient has beyond its operands' scale.</summary>
    public const int DivisionDigits = 6;

    private readonly Schema _schema;
    private readonly Dictionary<Expression, BoundExpression> _bound = [];

    private ExpressionBinder(Schema schema) => _schema = schema;

    /// <summary>Binds an expression to the columns of a schema.</summary>
    /// <param name="expression">The expression, without aggregates and windows.</param>
    /// <param name="schema">The columns it may read.</param>
    /// <returns>The typed expression.</returns>
    /// <exception cref="ExpressionException">A name is not known, types do not go together, or a constant overflows.</exception>
    public static BoundExpression Bind(Expression expression, Schema schema) => new ExpressionBinder(schema).Bind(expression);

    /// <summary>Binds an expression that must be true or false.</summary>
    /// <param name="expression">The condition.</param>
    /// <param name="schema">The columns it may read.</param>
    /// <returns>The typed expression, of type boolean.</returns>
    /// <exception cref="ExpressionException">As for <see cref="Bind(Expression, Schema)"/>, or it is of another type.</exception>
    public static BoundExpression BindCondition(Expression expression, Schema schema) =>
        new ExpressionBinder(schema).Condition(expression);

    /// <summary>Binds a node; equal nodes are bound, and later evaluated, once.</summary>
    internal BoundExpression Bind(Expression expression)
    {
        if (!_bound.TryGetValue(expression, out BoundExpression? bound))
        {
            bound = BindNew(expression);
            _bound.Add(expression, bound);
        }

        return bound;
    }

    /// <summary>Binds a node that must be true or false.</summary>
    internal BoundExpression Condition(Expression expression) =>
        TypeRules.TryConvert(Bind(expression), ColumnType.Boolean)
        ?? throw new ExpressionException(
            $"a condition must be true or false, not {TypeRules.Name(Bind(expression))}", expression.Position);

    /// <summary>Binds nodes that must have one type, such as the results of a case, and brings them to it.</summary>
    internal BoundExpression[] Unify(IReadOnlyList<Expression> expressions)
    {
        BoundExpression[] bound = [.. expressions.Select(Bind)];
        ColumnType? common = null;
        for (int i = 0; i < bound.Length; i++)
        {
            if (bound[i] != BoundConstant.UntypedNull)
            {
                common = common is not { } known
                    ? bound[i].Type
                    : TypeRules.Common(known, bound[i].Type)
                    ?? throw new ExpressionException(
                        $"cannot mix {TypeRules.Name(known)} and {TypeRules.Name(bound[i])}", expressions[i].Position);
            }
        }

        for (int i = 0; common is not null && i < bound.Length; i++)
        {
            bound[i] = Fold.Located(expressions[i], () => TypeRules.TryConvert(bound[i], common.Value)!);
        }

        return bound;
    }

    private BoundExpression BindNew(Expression expression) => expression switch
    {
        LiteralExpression literal => Literal(literal),
        ColumnExpression column => Column(column),
        UnaryExpression { Operator: UnaryOperator.Not } not => Fold.Located(not, () => Logic.Not(Condition(not.Operand))),
        UnaryExpression negate => Fold.Located(negate, () => Arithmetic.Negate(this, negate.Operand)),
        BinaryExpression { Operator: BinaryOperator.And or BinaryOperator.Or } both =>
            Logic.Of(both.Operator, Condition(both.Left), Condition(both.Right)),
        BinaryExpression { Operator: BinaryOperator.Concat } concat => FunctionCatalog.Bind(this, new CallExpression(concat.Position, "concat", [concat.Left, concat.Right])),
        BinaryExpression binary => Fold.Located(
            binary,
            () => Precedences.Of(binary.Operator) == Precedence.Comparison
                ? Comparing.Bind(this, binary.Operator, binary.Left, binary.Right)
                : Arithmetic.Bind(this, binary)),
        IsNullExpression isNull => Logic.IsNull(Bind(isNull.Operand), isNull.IsNegated),
        BetweenExpression between => Fold.Located(between, () => Comparing.Between(this, between)),
        InExpression isIn => Fold.Located(isIn, () => Comparing.In(this, isIn)),
        CaseExpression choice => Fold.Located(choice, () => Choosing.Case(this, choice)),
        CastExpression cast => Fold.Located(cast, () => Casting.Bind(Bind(cast.Operand), cast)),
        CallExpression call => Fold.Located(call, () => FunctionCatalog.Bind(this, call)),
        _ => throw new InvalidOperationException($"{expression.GetType().Name} cannot be bound."),
    };

    private static BoundConstant Literal(LiteralExpression literal) => literal switch
    {
        { Type: null } => BoundConstant.UntypedNull,
        { Text: { } text } => BoundConstant.Of(text),
        _ => BoundConstant.Of(literal.Type.Value, literal.Units),
    };

    private BoundColumn Column(ColumnExpression column)
    {
        int ordinal = _schema.IndexOf(column.Name);
        return ordinal >= 0
            ? new BoundColumn(_schema.Columns[ordinal].Type, ordinal)
            : throw new ExpressionException(
                $"there is no column `{column.Name}`",
                column.Position,
                DidYouMean.Hint(column.Name, _schema.Columns.Select(known => known.Name)));
    }
}
