using System.Text;
using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>Fills variables into texts: <c>${NAME}</c>, <c>${NAME:-default}</c>, and <c>$$</c> for a dollar sign.</summary>
internal sealed class VariableScope
{
    private const int MostLevels = 16;

    // A variable of variables of variables could make a text of any length out of a small file.
    private const int MostCharacters = 1 << 20;

    private readonly PipelineSettings _settings;
    private readonly DefinitionLog _log;
    private readonly Dictionary<string, YamlScalar> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly HashSet<string> _resolving = new(StringComparer.Ordinal);
    private int _level;

    /// <summary>Makes a scope.</summary>
    /// <param name="settings">What is given from outside.</param>
    /// <param name="log">Where to say what is wrong.</param>
    public VariableScope(PipelineSettings settings, DefinitionLog log)
    {
        _settings = settings;
        _log = log;
    }

    /// <summary>Declares a variable of the file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value when nothing outside gives one.</param>
    public void Declare(string name, YamlScalar value) => _declared[name] = value;

    /// <summary>Whether the file declares a variable.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>True when it does.</returns>
    public bool IsDeclared(string name) => _declared.ContainsKey(name);

    /// <summary>The values of the declared variables.</summary>
    /// <returns>The values by name.</returns>
    public Dictionary<string, string> Values() =>
        _declared.Keys.ToDictionary(name => name, name => Resolve(name) ?? "", StringComparer.Ordinal);

    /// <summary>Says which values given with <c>--set</c> are of no use to the file.</summary>
    public void CheckOverrides()
    {
        string[] known = [.. _declared.Keys.Union(_used)];
        foreach (string name in _settings.Overrides.Keys)
        {
            if (!known.Contains(name))
            {
                string others = known.Length == 0 ? "the pipeline has none" : $"the pipeline has {string.Join(", ", known.Select(other => $"`{other}`"))}";
                _log.Add(new DefinitionError("--set", 0, 0, $"unknown variable `{name}`", DidYouMean.Hint(name, known) ?? others));
            }
        }
    }

    /// <summary>Fills the variables into a text.</summary>
    /// <param name="scalar">The text.</param>
    /// <returns>The text that is meant, or null when a variable in it is wrong; the log has it.</returns>
    public ExpandedText? Expand(YamlScalar scalar)
    {
        int errors = _log.Count;
        if (!scalar.Text.Contains('$', StringComparison.Ordinal))
        {
            return new ExpandedText(scalar, scalar.Text);
        }

        var value = new StringBuilder();
        var offsets = new List<int>();
        Expand(scalar, scalar.Text, 0, value, offsets);
        return _log.Count > errors ? null : new ExpandedText(scalar, value.ToString(), [.. offsets]);
    }

    /// <summary>Fills the variables into a text that only some runs need: what is wrong with it is theirs to say.</summary>
    /// <param name="scalar">The text.</param>
    /// <returns>The text, or what is wrong.</returns>
    public EngineConnection Try(YamlScalar scalar)
    {
        var log = new DefinitionLog(_log.File);
        var scope = new VariableScope(_settings, log);
        foreach ((string name, YamlScalar value) in _declared)
        {
            scope.Declare(name, value);
        }

        ExpandedText? text = scope.Expand(scalar);
        _used.UnionWith(scope._used);
        return text is null ? new EngineConnection(null, log.First) : new EngineConnection(text.Value, null);
    }

    private void Expand(YamlScalar scalar, string text, int start, StringBuilder value, List<int> offsets)
    {
        for (int at = 0; at < text.Length; at++)
        {
            char c = text[at];
            char next = at + 1 < text.Length ? text[at + 1] : '\0';
            if (c != '$' || next is not ('$' or '{'))
            {
                value.Append(c);
                offsets.Add(start + at);
            }
            else if (next == '$')
            {
                value.Append('$');
                offsets.Add(start + at++);
            }
            else
            {
                int end = EndOf(text, at + 2);
                if (end < 0)
                {
                    _log.Add(scalar.Locate(start + at), "this `${` is never closed", "write `$$` for a dollar sign");
                    return;
                }

                Fill(scalar, text[(at + 2)..end], start + at + 2, value, offsets);
                at = end;
            }
        }
    }

    private void Fill(YamlScalar scalar, string inner, int start, StringBuilder value, List<int> offsets)
    {
        int colon = inner.IndexOf(":-", StringComparison.Ordinal);
        string name = colon < 0 ? inner : inner[..colon];
        Place place = scalar.Locate(start - 2);
        if (!Names.IsVariable(name))
        {
            _log.Add(place, $"`${{{inner}}}` names no variable", "write `$$` for a dollar sign");
            return;
        }

        _used.Add(name);
        string? found = Resolve(name);
        if (colon >= 0 && string.IsNullOrEmpty(found))
        {
            if (Enter(place))
            {
                Expand(scalar, inner[(colon + 2)..], start + colon + 2, value, offsets);
                _level--;
            }
        }
        else if (found is null)
        {
            string? near = DidYouMean.Hint(name, _declared.Keys);
            _log.Add(place, $"unknown variable `{name}`", near ?? $"declare it under `variables`, or write `${{{name}:-default}}`");
        }
        else if (value.Length + found.Length > MostCharacters)
        {
            _log.Add(place, "the text with its variables is too long");
        }
        else
        {
            value.Append(found);
            offsets.AddRange(Enumerable.Repeat(start - 2, found.Length));
        }
    }

    private string? Resolve(string name)
    {
        if (_values.TryGetValue(name, out string? known))
        {
            return known;
        }

        string? value = FromOutside(name);
        if (value is null && _declared.TryGetValue(name, out YamlScalar? scalar))
        {
            if (!_resolving.Add(name))
            {
                _log.Add(scalar.Start, $"variable `{name}` is made of itself");
                return "";
            }

            value = "";
            if (!scalar.IsNull && Enter(scalar.Start))
            {
                value = Expand(scalar)?.Value ?? "";
                _level--;
            }

            _resolving.Remove(name);
        }

        return _values[name] = value;
    }

    private bool Enter(Place place)
    {
        if (_level < MostLevels)
        {
            _level++;
            return true;
        }

        _log.Add(place, "variables are nested too deeply");
        return false;
    }

    private string? FromOutside(string name)
    {
        string prefixed = "ASSAY_" + name.ToUpperInvariant();
        return _settings.Overrides.GetValueOrDefault(name)
            ?? _settings.Environment.GetValueOrDefault(prefixed)
            ?? _settings.Environment.GetValueOrDefault(name)
            ?? _settings.DotEnv.GetValueOrDefault(prefixed)
            ?? _settings.DotEnv.GetValueOrDefault(name);
    }

    private static int EndOf(string text, int at)
    {
        int open = 1;
        for (; at < text.Length; at++)
        {
            if (text[at] == '}' && --open == 0)
            {
                return at;
            }

            if (text[at] == '$' && at + 1 < text.Length && text[at + 1] == '{')
            {
                open++;
                at++;
            }
        }

        return -1;
    }
}
