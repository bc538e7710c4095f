using System.Text.RegularExpressions;
using Assay.Data;
using Assay.Read.Rest;
using Assay.Refine;

namespace Assay.App.Pipelines;

/// <summary>Reads the sources that are REST APIs.</summary>
internal static partial class RestReading
{
    /// <summary>What such a source has as its <c>format</c>.</summary>
    public const string Format = "rest";

    /// <summary>Reads a source.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">How it is declared.</param>
    /// <returns>The source, or null when something is wrong.</returns>
    public static SourceDefinition? Read(DefinitionContext context, YamlScalar name, YamlNode value)
    {
        int errors = context.Log.Count;
        context.RestSources[name.Text] = (name.Start, null, default);
        if (Section.Of(context, name, value, PipelineKeys.RestSource) is not { } section)
        {
            return null;
        }

        RestSettings settings = RestSettings.Read(context, section, context.Client);
        if (!settings.NamesBase)
        {
            section.Missing("base_url", "it is the API's address; write it here, or under `client` for all sources");
        }

        ExpandedText? path = section.RequiredText("path", "it is what is asked for, seen from `base_url`, for example `users`");
        RestParent? parent = path is null ? null : Parent(context, name, path);
        string? record = RestPaginatorReading.Word(section, "record");
        IReadOnlyList<KeyValuePair<string, string>> parameters = RestTexts.Parameters(context, section);
        RestIncremental? incremental = Incremental(section);
        IReadOnlyList<string> included = Included(section, parent);
        IReadOnlyList<string> known = [.. ContractReading.KnownFields(section, Format), .. included.Select(field => parent!.NameOf(field))];
        return context.Log.Count > errors || path is null ? null : new SourceDefinition
        {
            Name = name.Text,
            Format = Format,
            Path = "",
            Record = record,
            KnownFields = known,
            Rest = new RestSourceDefinition
            {
                BaseUrl = settings.BaseUrl,
                Path = path.Value.TrimStart('/'),
                Parameters = parameters,
                Headers = settings.Headers,
                Credentials = settings.Credentials,
                Paginator = settings.Paginator,
                Incremental = incremental,
                Parent = parent,
                IncludeFromParent = included,
                Limits = settings.Limits,
            },
        };
    }

    /// <summary>Checks what can be told only when all sources are known.</summary>
    /// <param name="context">The definition.</param>
    /// <param name="keepsSilver">Whether clean rows are kept.</param>
    public static void Check(DefinitionContext context, bool keepsSilver)
    {
        foreach ((string name, (Place place, RestParent? parent, Place parentPlace)) in context.RestSources)
        {
            if (!keepsSilver)
            {
                context.Log.Add(place, $"`{name}` is an API, whose pages are kept as they come, and so this pipeline has to keep bronze and silver", "write `layers: [bronze, silver, gold]`");
            }

            if (parent is not null)
            {
                CheckParent(context, name, parent, parentPlace);
            }
        }
    }

    private static void CheckParent(DefinitionContext context, string name, RestParent parent, Place place)
    {
        if (!context.RestSources.ContainsKey(parent.Resource))
        {
            bool isFile = context.SourceNames.Contains(parent.Resource);
            context.Log.Add(place, isFile
                ? $"`{parent.Resource}` is no API, so its values cannot be part of another's path"
                : $"unknown source `{parent.Resource}`", isFile ? null : DidYouMean.Hint(parent.Resource, context.RestSources.Keys));
            return;
        }

        var passed = new List<string> { name };
        for (RestParent? above = parent; above is not null && context.RestSources.TryGetValue(above.Resource, out (Place, RestParent? Parent, Place) next); above = next.Parent)
        {
            if (above.Resource == name)
            {
                context.Log.Add(place, $"`{name}` waits for itself: {string.Join(" for ", passed.Append(name).Select(one => $"`{one}`"))}");
                return;
            }

            if (passed.Contains(above.Resource))
            {
                return;
            }

            passed.Add(above.Resource);
        }
    }

    private static RestParent? Parent(DefinitionContext context, YamlScalar name, ExpandedText path)
    {
        MatchCollection places = Placeholder().Matches(path.Value);
        string rest = Placeholder().Replace(path.Value, "");
        int brace = rest.IndexOfAny(['{', '}']);
        if (brace >= 0)
        {
            context.Log.Add(path.At(path.Value.IndexOf(rest[brace], StringComparison.Ordinal)), $"`{path.Value}` has a brace that begins or ends no placeholder", "a placeholder is written `{resources.posts.id}`: a source and a field of its records");
            return null;
        }

        if (places.Count > 1)
        {
            context.Log.Add(path.At(places[1].Index), "a path has one placeholder at most");
            return null;
        }

        if (rest.Contains("://", StringComparison.Ordinal) || rest.Split('/').Any(part => part is "." or ".."))
        {
            context.Log.Add(path.Start, $"`{path.Value}` is no path seen from `base_url`", "write it without scheme and host, and without `..`, for example `users`");
        }
        else if (rest.AsSpan().IndexOfAny('?', '#') is var mark and >= 0)
        {
            context.Log.Add(path.At(path.Value.IndexOf(rest[mark], StringComparison.Ordinal)), $"`path` ends before the `{rest[mark]}`", "parameters go to `params`, for example `params: { per_page: 100 }`");
        }
        else if (rest.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            context.Log.Add(path.Start, $"`{path.Value}` has white space in it", "write %20 for a space");
        }

        if (places.Count == 0)
        {
            return null;
        }

        var parent = new RestParent(places[0].Groups[1].Value, places[0].Groups[2].Value);
        context.RestSources[name.Text] = (name.Start, parent, path.At(places[0].Groups[1].Index));
        return parent;
    }

    private static string[] Included(Section source, RestParent? parent)
    {
        IReadOnlyList<ExpandedText> fields = source.Texts("include_from_parent", "for example `include_from_parent: [id]`");
        if (fields.Count > 0 && parent is null)
        {
            source.Log.Add(fields[0].Start, "`include_from_parent` needs a parent", "name it in `path`, for example `posts/{resources.posts.id}/comments`");
            return [];
        }

        foreach (ExpandedText field in fields.Where(field => field.Value.Split('.').Any(name => name.Length == 0) || field.Value.Any(c => char.IsWhiteSpace(c) || c == '"')))
        {
            source.Log.Add(field.Start, $"`{field.Value}` is no field of a record", "it is a name, or a dotted path such as `author.id`");
        }

        return [.. fields.Select(field => field.Value).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Checks what can be told only when the tables are known.</summary>
    /// <param name="context">The definition.</param>
    /// <param name="sources">The sources.</param>
    /// <param name="tables">The tables.</param>
    public static void CheckKeys(DefinitionContext context, IEnumerable<SourceDefinition> sources, IReadOnlyList<TableDefinition> tables)
    {
        foreach (SourceDefinition source in sources.Where(source => source.Rest?.Incremental is not null))
        {
            foreach (TableDefinition table in tables.Where(table => table.From == source.Name && table.Key.Count == 0))
            {
                context.Log.Add(
                    context.RestSources[source.Name].Item1,
                    $"`{source.Name}` is incremental: records at its last value come again, and table `{table.Name}`, which has no `key`, would hold them twice",
                    $"give `{table.Name}` a key, for example `key: [id]`");
            }
        }
    }

    private static RestIncremental? Incremental(Section source)
    {
        if (source.Child("incremental", PipelineKeys.Incremental) is not { } section)
        {
            return null;
        }

        foreach (string key in new[] { "cursor_path", "start_param" }.Where(key => section.Node(key) is null))
        {
            section.Missing(key, "for example `incremental: { cursor_path: updated_at, start_param: since }`");
        }

        string? initial = section.Text("initial_value")?.Value;
        return RestPaginatorReading.Word(section, "cursor_path") is { } path && RestPaginatorReading.Word(section, "start_param") is { } parameter
            ? new RestIncremental(path, parameter, initial is { Length: > 0 } ? initial : null)
            : null;
    }

    [GeneratedRegex(@"\{resources\.([^{}.]+)\.([^{}]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
