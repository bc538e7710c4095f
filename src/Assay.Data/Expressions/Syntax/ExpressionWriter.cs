using System.Globalization;
using System.Text;

namespace Assay.Data;

/// <summary>Writes an expression as canonical text: lower-case keywords, one space, only the parentheses that are needed.</summary>
internal sealed class ExpressionWriter
{
    private readonly StringBuilder _text = new();

    public static string Write(Expression expression)
    {
        var writer = new ExpressionWriter();
        writer.Node(expression, Precedence.Or);
        return writer._text.ToString();
    }

    private void Node(Expression node, Precedence least)
    {
        bool parentheses = Precedences.Of(node) < least;
        if (parentheses)
        {
            _text.Append('(');
        }

        switch (node)
        {
            case LiteralExpression literal:
                Literal(literal);
                break;
            case ColumnExpression column:
                _text.Append(Keywords.IsPlainName(column.Name)
                    ? column.Name
                    : $"\"{column.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
                break;
            case UnaryExpression unary:
                Unary(unary);
                break;
            case BinaryExpression binary:
                Binary(binary);
                break;
            case IsNullExpression isNull:
                Node(isNull.Operand, Precedence.Is);
                _text.Append(isNull.IsNegated ? " is not null" : " is null");
                break;
            case BetweenExpression between:
                Node(between.Operand, Precedence.Concat);
                _text.Append(between.IsNegated ? " not between " : " between ");
                Node(between.Low, Precedence.Concat);
                _text.Append(" and ");
                Node(between.High, Precedence.Concat);
                break;
            case InExpression isIn:
                Node(isIn.Operand, Precedence.Concat);
                _text.Append(isIn.IsNegated ? " not in (" : " in (");
                List(isIn.Items);
                _text.Append(')');
                break;
            case CaseExpression choice:
                Case(choice);
                break;
            case CallExpression call:
                _text.Append(call.Name).Append(call.IsDistinct ? "(distinct " : call.IsStar ? "(*" : "(");
                List(call.Arguments);
                _text.Append(')');
                break;
            case CastExpression cast:
                _text.Append("cast(");
                Node(cast.Operand, Precedence.Or);
                _text.Append(" as ").Append(cast.Type.ToString()).Append(')');
                break;
            default:
                throw new InvalidOperationException($"{node.GetType().Name} has no text.");
        }

        if (parentheses)
        {
            _text.Append(')');
        }
    }

    private void Unary(UnaryExpression unary)
    {
        if (unary.Operator == UnaryOperator.Not)
        {
            _text.Append("not ");
            Node(unary.Operand, Precedence.Not);
            return;
        }

        // "-5" is a literal, so the negation of the literal 5 is "-(5)".
        _text.Append('-');
        bool isNumber = unary.Operand is LiteralExpression { Type.IsNumeric: true };
        Node(unary.Operand, isNumber ? Precedence.Never : Precedence.Primary);
    }

    private void Binary(BinaryExpression binary)
    {
        Precedence own = Precedences.Of(binary.Operator);
        Node(binary.Left, own == Precedence.Comparison ? own + 1 : own);
        _text.Append(' ').Append(Precedences.Symbol(binary.Operator)).Append(' ');
        Node(binary.Right, own + 1);
    }

    private void Case(CaseExpression choice)
    {
        _text.Append("case ");
        if (choice.Operand is not null)
        {
            Node(choice.Operand, Precedence.Or);
            _text.Append(' ');
        }

        foreach (CaseBranch branch in choice.Branches)
        {
            _text.Append("when ");
            Node(branch.When, Precedence.Or);
            _text.Append(" then ");
            Node(branch.Then, Precedence.Or);
            _text.Append(' ');
        }

        if (choice.Else is not null)
        {
            _text.Append("else ");
            Node(choice.Else, Precedence.Or);
            _text.Append(' ');
        }

        _text.Append("end");
    }

    private void List(IReadOnlyList<Expression> items)
    {
        for (int i = 0; i < items.Count; i++)
        {
            _text.Append(i == 0 ? "" : ", ");
            Node(items[i], Precedence.Or);
        }
    }

    private void Literal(LiteralExpression literal)
    {
        if (literal.Type is not { } type)
        {
            _text.Append("null");
            return;
        }

        switch (type.Kind)
        {
            case ColumnKind.String:
                _text.Append('\'').Append(literal.Text!.Replace("'", "''", StringComparison.Ordinal)).Append('\'');
                break;
            case ColumnKind.Boolean:
                _text.Append(literal.Units == 0 ? "false" : "true");
                break;
            case ColumnKind.Date:
                _text.Append(CultureInfo.InvariantCulture, $"date '{Calendar.DateText((long)literal.Units)}'");
                break;
            case ColumnKind.Timestamp:
                _text.Append(CultureInfo.InvariantCulture, $"timestamp '{Calendar.TimestampText((long)literal.Units)}'");
                break;
            default:
                _text.Append(Decimals.Format(literal.Units, type.Scale));
                break;
        }
    }
}
