using System.Text.RegularExpressions;
using Assay.App.Engines;

namespace Assay.App.Pipelines;

/// <summary>Reads which engine a pipeline is computed by, and how databases are reached.</summary>
internal static partial class EngineReading
{
    /// <summary>Reads <c>engine</c>.</summary>
    /// <returns>The engine; Assay's own when none is named.</returns>
    public static EngineChoice Engine(DefinitionContext context, Section pipeline)
    {
        if (pipeline.Text("engine") is not { } text)
        {
            return EngineChoice.Memory;
        }

        if (!EngineChoice.TryParse(text.Value, out EngineChoice engine))
        {
            context.Log.Add(text.Start, EngineChoice.Unknown(text.Value));
        }

        return engine;
    }

    /// <summary>Reads <c>engines</c>. A variable without a value is told to those only who use the engine.</summary>
    /// <returns>The connections by the engines' names.</returns>
    public static IReadOnlyDictionary<string, EngineConnection> Connections(DefinitionContext context, Section pipeline)
    {
        var connections = new Dictionary<string, EngineConnection>(StringComparer.Ordinal);
        foreach ((YamlScalar key, YamlNode value) in pipeline.Entries("engines", "for example `postgres: \"Host=localhost;Username=me;Password=${PASSWORD}\"`"))
        {
            if (!EngineChoice.TryParse(key.Text, out EngineChoice engine) || engine.Kind is null)
            {
                context.Log.Add(key.Start, engine.Kind is null && key.Text == engine.Name ? "`memory` needs no connection" : EngineChoice.Unknown(key.Text));
                continue;
            }

            if (value is not YamlScalar scalar)
            {
                Section.WrongKind(context.Log, key.Text, value, "a connection string");
                continue;
            }

            if (LiteralPassword().IsMatch(scalar.Text))
            {
                context.Log.Add(scalar.Start, "this connection has a password written in it", "write `Password=${SOME_NAME}`, and give SOME_NAME in the environment or in .env");
                continue;
            }

            connections[engine.Name] = context.Variables.Try(scalar);
        }

        return connections;
    }

    /// <summary>A password that is no variable, in a connection string or in a URL.</summary>
    [GeneratedRegex(@"(^|;)\s*(password|pwd)\s*=\s*(?!\$\{|;|\s*$)|^\w+://[^/@:]+:(?!\$\{)[^@]+@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LiteralPassword();
}
