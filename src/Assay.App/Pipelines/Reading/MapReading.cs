namespace Assay.App.Pipelines;

/// <summary>Reads the maps of a pipeline.</summary>
internal static class MapReading
{
    /// <summary>Reads a map into the context.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">How it is declared.</param>
    public static void Read(DefinitionContext context, YamlScalar name, YamlNode value)
    {
        context.MapNames.Add(name.Text);
        if (value is not YamlMapping mapping)
        {
            Section.WrongKind(context.Log, name.Text, value, "a mapping", "for example `{ nort: North, sout: South }`");
            return;
        }

        int errors = context.Log.Count;
        Dictionary<string, string> map = Read(context, mapping);
        if (context.Log.Count == errors)
        {
            context.Maps[name.Text] = map;
        }
    }

    /// <summary>Reads the entries of a map.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="mapping">The entries: spelling to the name that is meant.</param>
    /// <returns>The map, its keys compared without regard to case.</returns>
    public static Dictionary<string, string> Read(DefinitionContext context, YamlMapping mapping)
    {
        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((YamlScalar key, YamlNode value) in mapping.Entries)
        {
            if (value is not YamlScalar { IsNull: false } scalar)
            {
                context.Log.Add(value.Start, $"`{key.Text}` must be mapped to a text, not to {value.Kind}");
                continue;
            }

            string name = context.Variables.Expand(scalar).Value;
            if (!map.TryAdd(key.Text, name))
            {
                context.Log.Add(key.Start, $"`{key.Text}` is mapped twice", "case does not matter here");
            }

            if (!names.TryAdd(name, name) && names[name] != name)
            {
                context.Log.Add(scalar.Start, $"`{name}` and `{names[name]}` differ in case only", "a map gives one way to write a name");
            }
        }

        return map;
    }
}
