using System.Globalization;
using System.Text;
using Assay.Measure;

namespace Assay.App.Pipelines;

/// <summary>
/// Reads the text of a scoring rule's reason: <c>{expression}</c> or <c>{expression:format}</c> stands for a value, <c>{{</c>
/// and <c>}}</c> for braces. A format is <c>,</c> for thousands, <c>.2</c> for decimals and <c>%</c> for percent, in this order.
/// </summary>
internal sealed class ReasonReading
{
    private const int MostDecimals = 12;

    private readonly DefinitionLog _log;
    private readonly ExpandedText _text;
    private readonly List<ParsedExpression> _expressions;
    private readonly List<ReasonPart> _parts = [];
    private readonly StringBuilder _literal = new();

    private ReasonReading(DefinitionLog log, ExpandedText text, List<ParsedExpression> expressions)
    {
        _log = log;
        _text = text;
        _expressions = expressions;
    }

    /// <summary>Reads a reason.</summary>
    /// <param name="log">Where to say what is wrong.</param>
    /// <param name="text">The text.</param>
    /// <param name="expressions">Where to add the expressions in it.</param>
    /// <returns>Its parts; those with mistakes are left out.</returns>
    public static ReasonTemplate Read(DefinitionLog log, ExpandedText text, List<ParsedExpression> expressions)
    {
        var reading = new ReasonReading(log, text, expressions);
        reading.Read();
        return new ReasonTemplate(reading._parts);
    }

    private void Read()
    {
        string text = _text.Value;
        for (int at = 0; at < text.Length; at++)
        {
            char c = text[at];
            bool twice = at + 1 < text.Length && text[at + 1] == c;
            if (c is not ('{' or '}') || twice)
            {
                _literal.Append(c);
                at += c is '{' or '}' ? 1 : 0;
            }
            else if (c == '}')
            {
                _log.Add(_text.At(at), "this `}` closes nothing", "write `}}` for a brace");
            }
            else if (End(at + 1, out int colon) is { } end)
            {
                Value(at + 1, colon < 0 ? end : colon, end);
                at = end;
            }
            else
            {
                _log.Add(_text.At(at), "this `{` is never closed", "write `{{` for a brace");
                return;
            }
        }

        TakeLiteral();
    }

    /// <summary>Finds the brace that closes a value, and the last colon before it; quoted text is passed over.</summary>
    private int? End(int at, out int colon)
    {
        colon = -1;
        char quote = '\0';
        for (; at < _text.Value.Length; at++)
        {
            char c = _text.Value[at];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else if (c == ':')
            {
                colon = at;
            }
            else if (c == '}')
            {
                return at;
            }
        }

        return null;
    }

    private void Value(int start, int formatStart, int end)
    {
        TakeLiteral();
        ParsedExpression? expression = ExpressionReading.Parse(_log, _text, start, formatStart);
        ReadOnlySpan<char> format = formatStart < end ? _text.Value.AsSpan(formatStart + 1, end - formatStart - 1).Trim() : default;
        ReadOnlySpan<char> rest = format;
        bool thousands = Take(ref rest, ',');
        int? decimals = null;
        if (Take(ref rest, '.'))
        {
            int digits = rest.IndexOfAnyExceptInRange('0', '9') is >= 0 and int other ? other : rest.Length;
            decimals = int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
            rest = rest[digits..];
        }

        bool percent = Take(ref rest, '%');
        if (rest.Length > 0 || decimals is < 0 or > MostDecimals)
        {
            _log.Add(_text.At(formatStart), $"`{format}` is not a format", "write `,` for thousands, `.2` for decimals, `%` for percent, in this order");
        }

        if (expression is not null)
        {
            _expressions.Add(expression);
            _parts.Add(new ReasonPart("", expression.Root, decimals, thousands, percent));
        }
    }

    private void TakeLiteral()
    {
        if (_literal.Length > 0)
        {
            _parts.Add(new ReasonPart(_literal.ToString()));
            _literal.Clear();
        }
    }

    private static bool Take(ref ReadOnlySpan<char> text, char c)
    {
        bool found = text.Length > 0 && text[0] == c;
        text = found ? text[1..] : text;
        return found;
    }
}
