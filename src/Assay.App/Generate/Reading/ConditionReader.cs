using System.Text.RegularExpressions;
using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Reads <c>when</c>: one comparison such as <c>quantity >= 10</c> or <c>region = North</c>, or a list of
/// which all must hold.</summary>
internal static partial class ConditionReader
{
    /// <summary>Reads the conditions; those with problems are left out.</summary>
    public static IReadOnlyList<Condition> Read(ValueReader values, YamlNode node) =>
        [.. values.Source.Items(node).Select(item => One(values, item)).OfType<Condition>()];

    private static Condition? One(ValueReader values, YamlNode node)
    {
        if (values.Source.Text(node, "`when`") is not { } text)
        {
            return null;
        }

        if (Form().Match(text) is not { Success: true } match)
        {
            values.Source.Add(node, $"expected a comparison such as `quantity >= 10`, found `{text}`");
            return null;
        }

        string name = match.Groups["name"].Value;
        string literal = match.Groups["literal"].Value;
        Comparison comparison = match.Groups["operator"].Value switch
        {
            "<" => Comparison.Less,
            "<=" => Comparison.LessOrEqual,
            "=" => Comparison.Equal,
            "!=" => Comparison.NotEqual,
            ">=" => Comparison.GreaterOrEqual,
            _ => Comparison.Greater,
        };
        BoundValue? value = values.NamedOrField(name, node);
        if (value is null)
        {
            return null;
        }

        if (value.Number is { } number && YamlSource.TryNumber(literal, out long units, out int scale)
            && Comparable(number, units, scale))
        {
            return new NumberCondition(number, comparison, units, scale);
        }

        if (value.Entries.Count > 0 && comparison is Comparison.Equal or Comparison.NotEqual)
        {
            return OfText(values, node, value, comparison, literal);
        }

        values.Source.Add(node, value.Entries.Count > 0
            ? $"`{name}` is a text: it can be compared with = and !="
            : $"`{name}` cannot be compared with `{literal}`");
        return null;
    }

    private static bool Comparable(NumberSource number, long units, int scale)
    {
        int common = Math.Max(number.Scale, scale);
        return NumberReader.Fits(number.Min, number.Scale, common) && NumberReader.Fits(number.Max, number.Scale, common)
            && NumberReader.Fits(units, scale, common);
    }

    private static TextCondition? OfText(ValueReader values, YamlNode node, BoundValue value, Comparison comparison, string literal)
    {
        if (!value.Entries.Contains(literal))
        {
            values.Source.Unknown(node, "entry", literal, value.Entries.Distinct());
            return null;
        }

        bool wanted = comparison == Comparison.Equal;
        return new TextCondition(value.EntrySlot, [.. value.Entries.Select(entry => entry == literal == wanted)]);
    }

    [GeneratedRegex(@"^\s*(?<name>[^<>=!]+?)\s*(?<operator><=|>=|!=|=|<|>)\s*(?<literal>[^<>=!]*?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
