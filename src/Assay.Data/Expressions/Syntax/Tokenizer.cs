using System.Text;

namespace Assay.Data;

/// <summary>Cuts an expression's text into tokens.</summary>
internal sealed class Tokenizer
{
    private static readonly string[] Symbols =
        ["||", "<>", "!=", "<=", ">=", "<", ">", "=", "+", "-", "*", "/", "%", "(", ")", ","];

    private readonly string _text;
    private int _position;

    private Tokenizer(string text) => _text = text;

    public static List<Token> Tokenize(string text)
    {
        var tokenizer = new Tokenizer(text);
        var tokens = new List<Token>();
        do
        {
            tokens.Add(tokenizer.Next());
        }
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }

        if (_position == _text.Length)
        {
            return new Token(TokenKind.End, _position, "", "");
        }

        char c = _text[_position];
        if (Keywords.StartsName(c))
        {
            int start = _position;
            while (_position < _text.Length && Keywords.ContinuesName(_text[_position]))
            {
                _position++;
            }

            return Make(TokenKind.Name, start, _text[start.._position]);
        }

        if (char.IsAsciiDigit(c) || (c == '.' && _position + 1 < _text.Length && char.IsAsciiDigit(_text[_position + 1])))
        {
            return Number();
        }

        return c switch
        {
            '\'' => Quoted(TokenKind.Text, '\'', "this text is not closed", "text is written in single quotes, and a quote in it twice"),
            '"' => Quoted(TokenKind.QuotedName, '"', "this column name is not closed", null),
            _ => Symbol(c),
        };
    }

    private Token Number()
    {
        int start = _position;
        SkipDigits();
        if (_position < _text.Length && _text[_position] == '.')
        {
            _position++;
            if (!SkipDigits())
            {
                throw new ExpressionException("a number needs a digit after its point", _position);
            }
        }

        if (_position < _text.Length && (Keywords.ContinuesName(_text[_position]) || _text[_position] == '.'))
        {
            throw new ExpressionException(
                $"unexpected `{_text[_position]}` in a number",
                _position,
                _text[_position] is 'e' or 'E' ? "write the number without an exponent" : null);
        }

        return Make(TokenKind.Number, start, _text[start.._position]);
    }

    private bool SkipDigits()
    {
        int start = _position;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
        {
            _position++;
        }

        return _position > start;
    }

    private Token Quoted(TokenKind kind, char quote, string message, string? hint)
    {
        int start = _position++;
        var value = new StringBuilder();
        while (_position < _text.Length)
        {
            char c = _text[_position++];
            if (c == quote)
            {
                if (_position == _text.Length || _text[_position] != quote)
                {
                    return Make(kind, start, value.ToString());
                }

                _position++;
            }

            value.Append(c);
        }

        throw new ExpressionException(message, start, hint);
    }

    private Token Symbol(char c)
    {
        int start = _position;
        foreach (string symbol in Symbols)
        {
            if (string.CompareOrdinal(_text, start, symbol, 0, symbol.Length) == 0)
            {
                _position += symbol.Length;
                return Make(TokenKind.Symbol, start, symbol);
            }
        }

        string? hint = c switch
        {
            '&' => "write `and`",
            '|' => "write `or`, or `||` to join texts",
            '!' => "write `not` or `<>`",
            '.' => "a column is named without its table",
            '$' or '{' => "write a column's name as it is",
            _ => null,
        };
        int length = char.IsHighSurrogate(c) && start + 1 < _text.Length ? 2 : 1;
        throw new ExpressionException($"unexpected `{_text.AsSpan(start, length)}`", start, hint);
    }

    private Token Make(TokenKind kind, int start, string value) => new(kind, start, value, _text[start.._position]);
}
