using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Assay.Data;
using Assay.Refine;

namespace Assay.App.Pipelines;

/// <summary>Reads one column of a table.</summary>
internal sealed class ColumnReading
{
    private readonly DefinitionContext _context;
    private readonly Section _section;
    private readonly string _name;

    private ColumnReading(DefinitionContext context, Section section, string name)
    {
        _context = context;
        _section = section;
        _name = name;
    }

    private DefinitionLog Log => _context.Log;

    /// <summary>Reads a column.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">How it is declared.</param>
    /// <returns>The column, or null when it has no usable type, and its check, to be bound when all columns are known.</returns>
    public static (ColumnDefinition? Column, ParsedExpression? Check) Read(DefinitionContext context, YamlScalar name, YamlNode value)
    {
        if (value is YamlScalar type && ColumnType.TryParse(type.Text, out _))
        {
            Section.WrongKind(context.Log, name.Text, value, "a mapping", $"write `{name.Text}: {{ type: {(type.Text.Contains(',', StringComparison.Ordinal) ? $"\"{type.Text}\"" : type.Text)} }}`");
            return default;
        }

        return Section.Of(context, name, value, PipelineKeys.Column) is { } section ? new ColumnReading(context, section, name.Text).Read() : default;
    }

    private (ColumnDefinition? Column, ParsedExpression? Check) Read()
    {
        ColumnType? declared = Type();
        IReadOnlyList<(CleaningRule Rule, string Text)> clean = CleanReading.Read(_context, _section, declared);
        string? pii = _section.Choice("pii", PipelineKeys.Pii);
        bool required = _section.Flag("required");
        bool invalidIsNull = InvalidIsNull(required);
        ParsedExpression? check = _section.Expression("check");
        ExpandedText? field = _section.Text("field");
        if (field is { Value: "" })
        {
            Log.Add(field.Start, "`field` is empty", "leave it out to use the column's own name");
        }

        if (declared is not { } type)
        {
            return (null, null);
        }

        (string? minimum, string? maximum) = Bounds(type);
        var column = new ColumnDefinition
        {
            Name = _name,
            Type = type,
            Field = field?.Value ?? _name,
            Clean = [.. clean.Select(rule => rule.Rule)],
            CleanTexts = [.. clean.Select(rule => rule.Text)],
            Formats = Formats(type),
            Required = required,
            InvalidIsNull = invalidIsNull,
            Matches = Matches(type),
            Minimum = minimum,
            Maximum = maximum,
            AcceptedValues = AcceptedValues(type),
            Check = check?.Root,
            CheckText = check?.Text.Value,
            Pii = pii,
        };
        return (column, check);
    }

    private bool InvalidIsNull(bool required)
    {
        // YAML's null is not a missing key here: it says the same as the word.
        bool isNull = _section.IsNull("invalid") || _section.Choice("invalid", PipelineKeys.Invalids) == "null";
        if (isNull && required)
        {
            Log.Add(
                _section.Place,
                $"column `{_name}` is `required`, so a wrong value cannot become a missing one",
                "leave out `invalid`: the row is set aside, or `required`");
        }

        return isNull;
    }

    private ColumnType? Type()
    {
        if (_section.RequiredText("type", "for example `type: string`") is not { } text)
        {
            return null;
        }

        if (ColumnType.TryParse(text.Value, out ColumnType type))
        {
            return type;
        }

        string word = text.Value.Split('(')[0].Trim();
        string hint = word.Equals("decimal", StringComparison.OrdinalIgnoreCase)
            ? "write `\"decimal(14,2)\"`: at most 18 digits, and how many of them stand after the point"
            : DidYouMean.Hint(word, PipelineKeys.Types) ?? Synonym(word) ?? "a type is string, integer, decimal(14,2), boolean, date or timestamp";
        Log.Add(text.Start, $"unknown type `{text.Value}`", hint);
        return null;
    }

    private static string? Synonym(string word) => word.ToLowerInvariant() switch
    {
        "int" or "bigint" or "long" => "did you mean `integer`?",
        "text" or "varchar" or "str" => "did you mean `string`?",
        "float" or "double" or "number" or "numeric" or "money" => "numbers are exact: write `\"decimal(14,2)\"`",
        "datetime" => "did you mean `timestamp`?",
        "bool" => "did you mean `boolean`?",
        _ => null,
    };

    private IReadOnlyList<string> Formats(ColumnType type)
    {
        bool moment = type.Kind is ColumnKind.Date or ColumnKind.Timestamp;
        if (_section.Node("formats") is not { } node)
        {
            return [];
        }

        if (!moment)
        {
            Log.Add(node.Start, $"`formats` is for dates and timestamps, and this is of type {type}");
            return [];
        }

        IReadOnlyList<ExpandedText> formats = _section.Texts("formats", "for example `[yyyy-MM-dd, dd/MM/yyyy]`");
        if (node is YamlSequence && formats.Count == 0)
        {
            Log.Add(node.Start, "`formats` is empty", "for example `[yyyy-MM-dd, dd/MM/yyyy]`");
        }

        foreach (ExpandedText format in formats)
        {
            if (DateFormatRules.Check(format.Value, type.Kind) is var (offset, message, hint))
            {
                Log.Add(format.At(offset), message, hint);
            }
        }

        return [.. formats.Select(format => format.Value)];
    }

    private string? Matches(ColumnType type)
    {
        if (_section.Text("matches") is not { } pattern)
        {
            return null;
        }

        if (type.Kind != ColumnKind.String)
        {
            Log.Add(pattern.Start, $"`matches` is for text, and this is of type {type}");
            return null;
        }

        return CheckPattern(pattern);
    }

    /// <summary>A method of its own, so that pipelines without a pattern do not load the library.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private string? CheckPattern(ExpandedText pattern)
    {
        try
        {
            // An engine without backtracking takes time by the text's length alone, whatever the pattern.
            _ = new Regex(pattern.Value, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return pattern.Value;
        }
        catch (RegexParseException exception)
        {
            Log.Add(pattern.At(Math.Clamp(exception.Offset - 1, 0, pattern.Value.Length)), "not a regular expression: " + Reason(exception));
        }
        catch (NotSupportedException)
        {
            Log.Add(pattern.Start, "the regular expression looks around or back", "look-arounds and back-references are left out, so that no text takes long to match");
        }

        return null;
    }

    private static string Reason(RegexParseException exception)
    {
        // "Invalid pattern '(' at offset 1. Not enough )'s." The pattern and the place are said already.
        int end = exception.Message.IndexOf(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"at offset {exception.Offset}. "), StringComparison.Ordinal);
        string reason = end < 0 ? exception.Message : exception.Message[(exception.Message.IndexOf(". ", end, StringComparison.Ordinal) + 2)..];
        return reason.TrimEnd('.');
    }

    private (string? Minimum, string? Maximum) Bounds(ColumnType type)
    {
        if (_section.Node("between") is not { } node)
        {
            return default;
        }

        const string Hint = "write `[least, greatest]`, with null for an open end";
        if (node is not YamlSequence { Items: [YamlScalar least, YamlScalar greatest] } || (least.IsNull && greatest.IsNull))
        {
            Log.Add(node.Start, "`between` needs two bounds", Hint);
            return default;
        }

        if (type.Kind is ColumnKind.Boolean or ColumnKind.String)
        {
            Log.Add(node.Start, $"`between` is for numbers and dates, and this is of type {type}", "write a `check`");
            return default;
        }

        int errors = Log.Count;
        string? minimum = Value(least, type);
        string? maximum = Value(greatest, type);
        if (Log.Count == errors && minimum is not null && maximum is not null && TypedText.IsGreater(minimum, maximum, type))
        {
            Log.Add(node.Start, $"nothing is between `{minimum}` and `{maximum}`", "the lesser bound comes first");
        }

        return (minimum, maximum);
    }

    private string? Value(YamlScalar scalar, ColumnType type)
    {
        if (scalar.IsNull || _context.Variables.Expand(scalar) is not { } text)
        {
            return null;
        }

        if (TypedText.Check(text.Value, type) is { } problem)
        {
            Log.Add(text.Start, problem);
        }

        return text.Value;
    }

    private List<string>? AcceptedValues(ColumnType type)
    {
        if (_section.Node("accepted_values") is not { } node)
        {
            return null;
        }

        if (type.Kind != ColumnKind.String)
        {
            Log.Add(node.Start, $"`accepted_values` is for text, and this is of type {type}", "for example `check: value in (1, 2)`");
            return null;
        }

        var accepted = new List<string>();
        foreach (ExpandedText value in _section.Texts("accepted_values", "for example `[North, South]`"))
        {
            if (accepted.Contains(value.Value))
            {
                Log.Add(value.Start, $"`{value.Value}` is there twice");
            }

            accepted.Add(value.Value);
        }

        if (node is YamlSequence { Items.Count: 0 })
        {
            Log.Add(node.Start, "`accepted_values` is empty");
        }

        return accepted;
    }
}
