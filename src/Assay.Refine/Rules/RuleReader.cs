using System.Globalization;
using Assay.Data;

namespace Assay.Refine;

/// <summary>Reads the argument of one rule; the first thing that is wrong is kept in <see cref="Problem"/>.</summary>
internal sealed class RuleReader
{
    private static readonly string[] NoMaps = [];

    private readonly string _rule;
    private readonly RuleArgument _argument;
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> _maps;

    /// <summary>Makes a reader.</summary>
    /// <param name="rule">The rule's name.</param>
    /// <param name="argument">Its argument.</param>
    /// <param name="maps">The pipeline's maps by name.</param>
    public RuleReader(string rule, RuleArgument argument, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> maps)
    {
        _rule = rule;
        _argument = argument;
        _maps = maps;
    }

    /// <summary>What is wrong, or null.</summary>
    public RuleProblem? Problem { get; private set; }

    private bool IsBare => _argument is { Text: null, Items: null, Entries: null };

    /// <summary>Says that there must be no argument.</summary>
    public void ExpectNothing()
    {
        if (!IsBare)
        {
            Fail($"rule `{_rule}` takes no argument", $"write `{_rule}`");
        }
    }

    /// <summary>The argument as one text that is not blank.</summary>
    /// <param name="example">How the rule is written right.</param>
    /// <returns>The text; empty after a problem.</returns>
    public string OneText(string example)
    {
        if (_argument.Text is { } text && !TrimRule.IsBlank(text))
        {
            return text;
        }

        Fail($"rule `{_rule}` needs a text", example);
        return "";
    }

    /// <summary>The argument as texts that are not blank: a list, or one alone.</summary>
    /// <param name="example">How the rule is written right.</param>
    /// <param name="optional">Whether no argument is right too.</param>
    /// <returns>The texts, or null when there is no argument or after a problem.</returns>
    public IReadOnlyList<string>? Texts(string example, bool optional = false)
    {
        if (optional && IsBare)
        {
            return null;
        }

        IReadOnlyList<string> texts = _argument.Text is { } text ? [text] : _argument.Items ?? [];
        if (texts.Count > 0 && !texts.Any(TrimRule.IsBlank))
        {
            return texts;
        }

        Fail($"rule `{_rule}` needs a list of texts", example);
        return null;
    }

    /// <summary>The argument as a map: the name of one of the pipeline's, or one written in place.</summary>
    /// <returns>The map; empty after a problem.</returns>
    public IReadOnlyDictionary<string, string> Map()
    {
        if (_argument.Text is { } name)
        {
            if (_maps.TryGetValue(name, out IReadOnlyDictionary<string, string>? map))
            {
                return map;
            }

            Fail($"unknown map `{name}`", DidYouMean.Hint(name, _maps.Keys.ToArray()) ?? "declare it under `maps`");
        }
        else if (_argument.Entries is { Count: > 0 } entries)
        {
            return entries.ToDictionary(entry => entry.Key, entry => entry.Value ?? "", StringComparer.OrdinalIgnoreCase);
        }
        else
        {
            Fail("rule `map` needs the name of a map or a mapping", "for example `{ map: regions }` or `{ map: { nort: North } }`");
        }

        return new Dictionary<string, string>();
    }

    /// <summary>Says that the argument, if there is one, must be named options.</summary>
    /// <param name="known">The options there are.</param>
    public void Options(params string[] known)
    {
        if (_argument.Text is not null || _argument.Items is not null)
        {
            Fail($"rule `{_rule}` takes options", $"for example `{{ {_rule}: {{ {known[0]}: … }} }}`");
        }

        foreach (string key in _argument.Entries?.Keys ?? NoMaps)
        {
            if (!known.Contains(key))
            {
                Fail($"rule `{_rule}` has no option `{key}`", DidYouMean.Hint(key, known), key);
            }
        }
    }

    /// <summary>The option <c>invalid</c>: what becomes of a value that the rule refuses.</summary>
    /// <returns>Whether it counts as missing.</returns>
    public bool InvalidIsMissing()
    {
        if (_argument.Entries is null || !_argument.Entries.TryGetValue("invalid", out string? text))
        {
            return false;
        }

        if (text is not (null or "null" or "fault"))
        {
            Fail($"`invalid` cannot be `{text}`", "`null` makes an invalid value missing, `fault` (the default) sets its row aside", "invalid");
        }

        return text != "fault";
    }

    /// <summary>An option that is a number.</summary>
    /// <param name="option">Its name.</param>
    /// <param name="least">The least it may be.</param>
    /// <param name="most">The most it may be.</param>
    /// <returns>The number; <paramref name="least"/> after a problem.</returns>
    public int Number(string option, int least, int most)
    {
        string text = Option(option) ?? "";
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        Fail(
            string.Create(CultureInfo.InvariantCulture, $"rule `{_rule}` needs `{option}`, a number from {least} to {most}"),
            null,
            text.Length == 0 ? null : option);
        return least;
    }

    /// <summary>An option that is digits: a set of them (<c>789</c>), or, where allowed, a range (<c>6-9</c>).</summary>
    /// <param name="option">Its name.</param>
    /// <param name="most">The most digits.</param>
    /// <param name="range">Whether a range is allowed.</param>
    /// <returns>The digits, a range written out, or null when the option is not there or after a problem.</returns>
    public string? Digits(string option, int most, bool range = false)
    {
        if (Option(option) is not { } text)
        {
            return null;
        }

        if (range && text.Length == 3 && text[1] == '-' && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[2]) && text[0] <= text[2])
        {
            return string.Concat(Enumerable.Range(text[0], text[2] - text[0] + 1).Select(digit => (char)digit));
        }

        if (text.Length > 0 && text.Length <= most && text.All(char.IsAsciiDigit))
        {
            return text;
        }

        Fail($"`{option}` cannot be `{text}`", range ? "write digits (`789`) or a range (`6-9`)" : "write digits only", option);
        return null;
    }

    /// <summary>An option that is one character.</summary>
    /// <param name="option">Its name.</param>
    /// <param name="known">The characters that it may be.</param>
    /// <returns>The character, or null when the option is not there, is <c>none</c>, or after a problem.</returns>
    public char? Mark(string option, string known)
    {
        if (Option(option) is not { } text || text == "none")
        {
            return null;
        }

        if (text.Length == 1 && known.Contains(text[0], StringComparison.Ordinal))
        {
            return text[0];
        }

        Fail($"`{option}` cannot be `{text}`", $"it is one of {string.Join(" ", known.Select(mark => $"\"{mark}\""))}", option);
        return null;
    }

    /// <summary>An option that is true or false.</summary>
    /// <param name="option">Its name.</param>
    /// <returns>Whether it is true; false when it is not there, or after a problem.</returns>
    public bool Flag(string option)
    {
        string? text = Option(option);
        if (text is not (null or "true" or "false"))
        {
            Fail($"`{option}` cannot be `{text}`", "it is `true` or `false`", option);
        }

        return text == "true";
    }

    /// <summary>Keeps a problem, unless there is one already.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="hint">What to write instead, or null.</param>
    /// <param name="entry">The entry that is wrong, or null.</param>
    public void Fail(string message, string? hint = null, string? entry = null) =>
        Problem ??= new RuleProblem(message, hint, entry);

    private string? Option(string name) =>
        _argument.Entries is not null && _argument.Entries.TryGetValue(name, out string? text) ? text : null;
}
