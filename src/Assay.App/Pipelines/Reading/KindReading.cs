using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>Opens a mapping whose <c>type</c> says which keys it has.</summary>
internal static class KindReading
{
    /// <summary>Opens it; what is missing or does not belong there is said to be wrong.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="owner">The section it is part of.</param>
    /// <param name="key">Its key; a word in the mapping's place is a type that needs no keys.</param>
    /// <param name="kinds">The types and their keys; those that end with <c>?</c> may be left out.</param>
    /// <returns>The type and the mapping; null when there is none, or it is of no type.</returns>
    public static (string Kind, Section Section)? Open(
        DefinitionContext context, Section owner, string key, IReadOnlyDictionary<string, IReadOnlyList<string>> kinds)
    {
        YamlNode? node = owner.Node(key);
        if (node is null)
        {
            return null;
        }

        string types = $"it is one of {string.Join(", ", kinds.Keys)}";
        YamlMapping mapping = node as YamlMapping ?? new YamlMapping(node.Start);
        YamlScalar? type = node as YamlScalar;
        if (type is null && mapping.TryGet("type", out (YamlScalar Key, YamlNode Value) entry))
        {
            type = entry.Value as YamlScalar;
        }

        if (node is not (YamlMapping or YamlScalar))
        {
            Section.WrongKind(context.Log, key, node, "a mapping");
            return null;
        }

        if (type is null)
        {
            context.Log.Add(node.Start, "`type` is missing", types);
            return null;
        }

        if (context.Variables.Expand(type) is not { } text)
        {
            return null;
        }

        if (!kinds.TryGetValue(text.Value, out IReadOnlyList<string>? keys))
        {
            context.Log.Add(text.Start, $"`{key}` cannot be `{text.Value}`", DidYouMean.Hint(text.Value, kinds.Keys) ?? types);
            return null;
        }

        var section = new Section(context, mapping, node.Start, ["type", .. keys.Select(one => one.TrimEnd('?'))]);
        foreach (string needed in keys.Where(one => !one.EndsWith('?') && section.Node(one) is null))
        {
            section.Missing(needed, $"`{text.Value}` needs it");
        }

        return (text.Value, section);
    }
}
