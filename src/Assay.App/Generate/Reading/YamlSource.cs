using System.Globalization;
using Assay.Data;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Assay.App.Generate;

/// <summary>A generation file's nodes, and the problems found in them.</summary>
internal sealed class YamlSource(string file)
{
    private readonly List<GenerateProblem> _problems = [];

    /// <summary>The problems so far, in the order of the file.</summary>
    public IReadOnlyList<GenerateProblem> Problems =>
        [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    /// <summary>Reads a text with one YAML document.</summary>
    /// <returns>Its root, or null after a problem.</returns>
    public YamlNode? Root(string yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException exception)
        {
            _problems.Add(new GenerateProblem(file, exception.Start.Line, exception.Start.Column, exception.Message));
            return null;
        }

        if (stream.Documents.Count != 1)
        {
            _problems.Add(new GenerateProblem(file, 1, 1, $"expected one document, found {stream.Documents.Count}"));
            return null;
        }

        return stream.Documents[0].RootNode;
    }

    /// <summary>Notes a problem.</summary>
    public void Add(YamlNode node, string message) =>
        _problems.Add(new GenerateProblem(file, node.Start.Line, node.Start.Column, message));

    /// <summary>Notes a name that is not known.</summary>
    public void Unknown(YamlNode node, string what, string name, IEnumerable<string> known) =>
        Add(node, $"unknown {what} `{name}`; known are {string.Join(", ", known)}");

    /// <summary>The text of a scalar, or null after a problem.</summary>
    public string? Text(YamlNode node, string what)
    {
        if (node is YamlScalarNode scalar)
        {
            return IsNull(scalar) ? "" : scalar.Value ?? "";
        }

        Add(node, $"{what} must be a text");
        return null;
    }

    /// <summary>A number with a point or without, as units and scale; null after a problem.</summary>
    public (long Units, int Scale)? Number(YamlNode node, string what)
    {
        if (node is YamlScalarNode { Value: { } text } && TryNumber(text, out long units, out int scale))
        {
            return (units, scale);
        }

        Add(node, $"{what} must be a number such as 12 or 0.25");
        return null;
    }

    /// <summary>A number from 0 to 1 (both included), or null after a problem.</summary>
    public double? Share(YamlNode node, string what)
    {
        if (node is YamlScalarNode { Value: { } text } && TryNumber(text, out long units, out int scale)
            && units >= 0 && units <= Decimals.PowerOfTen(scale))
        {
            return (double)units / (double)Decimals.PowerOfTen(scale);
        }

        Add(node, $"{what} must be a number from 0 to 1");
        return null;
    }

    /// <summary>The items of a list; a single item stands for a list of one.</summary>
    public IReadOnlyList<YamlNode> Items(YamlNode node) => node is YamlSequenceNode list ? [.. list.Children] : [node];

    /// <summary>The entries of a mapping by key; empty after a problem.</summary>
    public IReadOnlyList<(YamlScalarNode Key, YamlNode Value)> Entries(YamlNode node, string what)
    {
        if (node is not YamlMappingNode mapping)
        {
            Add(node, $"{what} must be a mapping of keys to values");
            return [];
        }

        var entries = new List<(YamlScalarNode Key, YamlNode Value)>();
        foreach ((YamlNode key, YamlNode value) in mapping.Children)
        {
            if (key is YamlScalarNode scalar && !string.IsNullOrEmpty(scalar.Value))
            {
                entries.Add((scalar, value));
            }
            else
            {
                Add(key, $"a key of {what} must be a text");
            }
        }

        return entries;
    }

    /// <summary>Reads a plain decimal number: digits, perhaps a sign and a point.</summary>
    /// <param name="text">The text.</param>
    /// <param name="units">The number in units of 10^-scale.</param>
    /// <param name="scale">The digits after the point, at most 9.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryNumber(string text, out long units, out int scale)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        scale = point < 0 ? 0 : text.Length - point - 1;
        string digits = point < 0 ? text : text.Remove(point, 1);
        units = 0;
        return scale <= 9 && !text.EndsWith('.')
            && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out units);
    }

    private static bool IsNull(YamlScalarNode scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null";
}
