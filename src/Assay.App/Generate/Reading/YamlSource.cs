using System.Globalization;
using Assay.App.Pipelines;
using Assay.Data;

namespace Assay.App.Generate;

/// <summary>Reads the values of a generation file and says what is wrong with them.</summary>
/// <param name="log">Where to say it.</param>
internal sealed class YamlSource(DefinitionLog log)
{
    /// <summary>Notes a problem.</summary>
    public void Add(YamlNode node, string message, string? hint = null) => log.Add(node.Start, message, hint);

    /// <summary>Notes a problem of another file that this one names.</summary>
    public void Add(DefinitionError error) => log.Add(error);

    /// <summary>Notes a name that is not known.</summary>
    public void Unknown(YamlNode node, string what, string name, IEnumerable<string> known)
    {
        string[] names = [.. known];
        string? hint = DidYouMean.Hint(name, names) ?? (names.Length == 0 ? null : $"known are {string.Join(", ", names)}");
        log.Add(node.Start, $"unknown {what} `{name}`", hint);
    }

    /// <summary>The text of a scalar, or null after a problem.</summary>
    public string? Text(YamlNode node, string what)
    {
        if (node is YamlScalar scalar)
        {
            return scalar.IsNull ? "" : scalar.Text;
        }

        Add(node, $"{what} must be a text, not {node.Kind}");
        return null;
    }

    /// <summary>A number with a point or without, as units and scale; null after a problem.</summary>
    public (long Units, int Scale)? Number(YamlNode node, string what)
    {
        if (node is YamlScalar { Text: { } text } && TryNumber(text, out long units, out int scale))
        {
            return (units, scale);
        }

        Add(node, $"{what} must be a number such as 12 or 0.25");
        return null;
    }

    /// <summary>A whole number, or null after a problem.</summary>
    public long? WholeNumber(YamlNode node, string what)
    {
        if (node is YamlScalar { Text: { } text } && TryNumber(text, out long units, out int scale) && scale == 0)
        {
            return units;
        }

        Add(node, $"{what} must be a whole number");
        return null;
    }

    /// <summary>True or false; false when it is not there, and after a problem.</summary>
    public bool Flag(YamlNode? node, string what)
    {
        switch ((node as YamlScalar)?.Text)
        {
            case "true":
                return true;
            case "false":
                return false;
            default:
                if (node is not null)
                {
                    Add(node, $"{what} must be true or false");
                }

                return false;
        }
    }

    /// <summary>A number from 0 to 1 (both included), or null after a problem.</summary>
    public double? Share(YamlNode node, string what)
    {
        if (node is YamlScalar { Text: { } text } && TryNumber(text, out long units, out int scale)
            && units >= 0 && units <= Decimals.PowerOfTen(scale))
        {
            return (double)units / (double)Decimals.PowerOfTen(scale);
        }

        Add(node, $"{what} must be a number from 0 to 1");
        return null;
    }

    /// <summary>The items of a list; a single item stands for a list of one.</summary>
    public IReadOnlyList<YamlNode> Items(YamlNode node) => node is YamlSequence list ? list.Items : [node];

    /// <summary>The entries of a mapping by key; none after a problem.</summary>
    public IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries(YamlNode node, string what)
    {
        if (node is YamlMapping mapping)
        {
            return mapping.Entries;
        }

        Add(node, $"{what} must be a mapping of keys to values, not {node.Kind}");
        return [];
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
}
