namespace Assay.Data;

/// <summary>Reads expressions: a small, typed subset of SQL's, with SQL's precedence; keywords in any case.</summary>
public sealed class ExpressionParser
{
    /// <summary>How deep parentheses, calls and cases may stand in each other: past anything written by hand,
    /// and little enough for every later walk over the tree to stay clear of the stack's end.</summary>
    public const int MaxNesting = 200;

    /// <summary>How high a tree may grow through chains such as <c>a + b + c + …</c>.</summary>
    public const int MaxHeight = 500;

    private readonly List<Token> _tokens;
    private readonly Dictionary<Expression, int> _heights = new(ReferenceEqualityComparer.Instance);
    private int _index;
    private int _nesting;

    private ExpressionParser(List<Token> tokens) => _tokens = tokens;

    private Token Current => _tokens[_index];

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <returns>Its tree.</returns>
    /// <exception cref="ExpressionException">The text is not an expression; it says where and why.</exception>
    public static Expression Parse(string text)
    {
        var parser = new ExpressionParser(Tokenizer.Tokenize(text));
        Expression expression = parser.Any();
        if (parser.Current.Kind != TokenKind.End)
        {
            throw parser.Unexpected("an operator or the end");
        }

        return expression;
    }

    private Expression Any()
    {
        Enter();
        Expression left = Conjunction();
        while (TakeWord("or"))
        {
            left = Sized(new BinaryExpression(left.Position, BinaryOperator.Or, left, Conjunction()));
        }

        _nesting--;
        return left;
    }

    private Expression Conjunction()
    {
        Expression left = Negation();
        while (TakeWord("and"))
        {
            left = Sized(new BinaryExpression(left.Position, BinaryOperator.And, left, Negation()));
        }

        return left;
    }

    private Expression Negation()
    {
        int position = Current.Position;
        if (!TakeWord("not"))
        {
            return NullTest();
        }

        Enter();
        Expression operand = Negation();
        _nesting--;
        return Sized(new UnaryExpression(position, UnaryOperator.Not, operand));
    }

    private Expression NullTest()
    {
        Expression operand = Comparison();
        while (TakeWord("is"))
        {
            bool negated = TakeWord("not");
            Expect("null");
            operand = Sized(new IsNullExpression(operand.Position, operand, negated));
        }

        return operand;
    }

    private Expression Comparison()
    {
        Expression left = Range();
        if (ComparisonOperator() is not { } op)
        {
            return left;
        }

        _index++;
        left = Sized(new BinaryExpression(left.Position, op, left, Range()));
        return ComparisonOperator() is null
            ? left
            : throw new ExpressionException("comparisons cannot be chained", Current.Position, "write `a < b and b < c`");
    }

    private BinaryOperator? ComparisonOperator() => Current.Kind != TokenKind.Symbol
        ? null
        : Current.Value switch
        {
            "=" => BinaryOperator.Equal,
            "<>" or "!=" => BinaryOperator.NotEqual,
            "<" => BinaryOperator.Less,
            "<=" => BinaryOperator.LessOrEqual,
            ">" => BinaryOperator.Greater,
            ">=" => BinaryOperator.GreaterOrEqual,
            _ => null,
        };

    private Expression Range()
    {
        Expression operand = Concatenation();
        bool negated = Current.IsWord("not") && (_tokens[_index + 1].IsWord("in") || _tokens[_index + 1].IsWord("between"));
        if (negated)
        {
            _index++;
        }

        if (TakeWord("between"))
        {
            Expression low = Concatenation();
            Expect("and");
            return Sized(new BetweenExpression(operand.Position, operand, low, Concatenation(), negated));
        }

        if (TakeWord("in"))
        {
            Expect("(");
            List<Expression> items = List();
            Expect(")");
            return Sized(new InExpression(operand.Position, operand, items, negated));
        }

        return operand;
    }

    private Expression Concatenation()
    {
        Expression left = Sum();
        while (TakeSymbol("||"))
        {
            left = Sized(new BinaryExpression(left.Position, BinaryOperator.Concat, left, Sum()));
        }

        return left;
    }

    private Expression Sum()
    {
        Expression left = Product();
        while (Current.IsSymbol("+") || Current.IsSymbol("-"))
        {
            BinaryOperator op = Current.Value == "+" ? BinaryOperator.Add : BinaryOperator.Subtract;
            _index++;
            left = Sized(new BinaryExpression(left.Position, op, left, Product()));
        }

        return left;
    }

    private Expression Product()
    {
        Expression left = Sign();
        while (Current.IsSymbol("*") || Current.IsSymbol("/") || Current.IsSymbol("%"))
        {
            BinaryOperator op = Current.Value switch
            {
                "*" => BinaryOperator.Multiply,
                "/" => BinaryOperator.Divide,
                _ => BinaryOperator.Modulo,
            };
            _index++;
            left = Sized(new BinaryExpression(left.Position, op, left, Sign()));
        }

        return left;
    }

    private Expression Sign()
    {
        int position = Current.Position;
        bool minus = Current.IsSymbol("-");
        if (!minus && !Current.IsSymbol("+"))
        {
            return Primary();
        }

        _index++;
        if (Current.Kind == TokenKind.Number)
        {
            return Sized(Literals.Number(Take(), minus, position));
        }

        Enter();
        Expression operand = Sign();
        _nesting--;
        return minus ? Sized(new UnaryExpression(position, UnaryOperator.Negate, operand)) : operand;
    }

    private Expression Primary()
    {
        Token token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return Sized(Literals.Number(Take(), negative: false, token.Position));
            case TokenKind.Text:
                return Sized(LiteralExpression.String(Take().Value, token.Position));
            case TokenKind.QuotedName:
                return Sized(new ColumnExpression(token.Position, Take().Value));
            case TokenKind.Symbol when TakeSymbol("("):
                Expression inner = Any();
                Expect(")");
                return inner;
            case TokenKind.Name:
                return Keywords.Contains(token.Value) ? Keyword(token) : Named(Take());
            default:
                throw Unexpected("an expression");
        }
    }

    private Expression Keyword(Token token)
    {
        switch (token.Value.ToLowerInvariant())
        {
            case "null":
                _index++;
                return Sized(LiteralExpression.Null(token.Position));
            case "true" or "false":
                _index++;
                return Sized(LiteralExpression.Boolean(token.IsWord("true"), token.Position));
            case "case":
                _index++;
                return Sized(Case(token.Position));
            case "cast":
                _index++;
                Expect("(");
                Expression operand = Any();
                Expect("as");
                ColumnType type = TypeName();
                Expect(")");
                return Sized(new CastExpression(token.Position, operand, type));
            default:
                throw Unexpected("an expression");
        }
    }

    private Expression Named(Token name)
    {
        if (Current.Kind == TokenKind.Text && (name.IsWord("date") || name.IsWord("timestamp")))
        {
            return Sized(Literals.Moment(name, Take()));
        }

        if (!TakeSymbol("("))
        {
            return Sized(new ColumnExpression(name.Position, name.Value));
        }

        string function = name.Value.ToLowerInvariant();
        if (TakeSymbol("*"))
        {
            Expect(")");
            return Sized(new CallExpression(name.Position, function, [], IsStar: true));
        }

        if (TakeSymbol(")"))
        {
            return Sized(new CallExpression(name.Position, function, []));
        }

        bool distinct = TakeWord("distinct");
        List<Expression> arguments = List();
        Expect(")");
        return Sized(new CallExpression(name.Position, function, arguments, distinct));
    }

    private CaseExpression Case(int position)
    {
        Expression? operand = Current.IsWord("when") ? null : Any();
        var branches = new List<CaseBranch>();
        Expect("when");
        do
        {
            Expression when = Any();
            Expect("then");
            branches.Add(new CaseBranch(when, Any()));
        }
        while (TakeWord("when"));
        Expression? otherwise = TakeWord("else") ? Any() : null;
        Expect("end");
        return new CaseExpression(position, operand, branches, otherwise);
    }

    private ColumnType TypeName()
    {
        Token name = Take();
        string text = name.Value;
        if (name.IsWord("decimal") && TakeSymbol("("))
        {
            string precision = Take().Value;
            Expect(",");
            text = $"decimal({precision},{Take().Value})";
            Expect(")");
        }

        return name.Kind == TokenKind.Name && Literals.TryParseType(text, out ColumnType type)
            ? type
            : throw new ExpressionException(
                $"{name.Describe()} is not a type",
                name.Position,
                "a type is string, integer, decimal(precision, scale), boolean, date or timestamp");
    }

    private List<Expression> List()
    {
        var items = new List<Expression> { Any() };
        while (TakeSymbol(","))
        {
            items.Add(Any());
        }

        return items;
    }

    private Token Take() => _tokens[Current.Kind == TokenKind.End ? _index : _index++];

    private bool TakeSymbol(string symbol)
    {
        bool found = Current.IsSymbol(symbol);
        _index += found ? 1 : 0;
        return found;
    }

    private bool TakeWord(string word)
    {
        bool found = Current.IsWord(word);
        _index += found ? 1 : 0;
        return found;
    }

    private void Expect(string wanted)
    {
        if (!TakeSymbol(wanted) && !TakeWord(wanted))
        {
            throw Unexpected($"`{wanted}`");
        }
    }

    private ExpressionException Unexpected(string wanted)
    {
        string? hint = Current.IsWord("like") || (Current.IsWord("not") && _tokens[_index + 1].IsWord("like"))
            ? "use `starts_with` or `contains`"
            : null;
        return new ExpressionException($"expected {wanted}, found {Current.Describe()}", Current.Position, hint);
    }

    private void Enter()
    {
        if (++_nesting > MaxNesting)
        {
            throw new ExpressionException($"nested more than {MaxNesting} levels deep", Current.Position);
        }
    }

    private T Sized<T>(T node)
        where T : Expression
    {
        int height = 0;
        foreach (Expression child in node.Children)
        {
            height = Math.Max(height, _heights[child]);
        }

        if (++height > MaxHeight)
        {
            throw new ExpressionException($"more than {MaxHeight} steps build on each other", node.Position, "use `in (…)`, or derive a column first");
        }

        _heights[node] = height;
        return node;
    }
}
