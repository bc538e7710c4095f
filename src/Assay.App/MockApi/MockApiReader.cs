using Assay.App.Generate;
using Assay.App.Pipelines;

namespace Assay.App.MockApi;

/// <summary>Reads what a <c>mock-api.yaml</c> says.</summary>
internal sealed class MockApiReader
{
    private const int MostResources = 100;
    private static readonly string[] Keys = ["mock_api", "data", "base_path", "resources"];
    private static readonly string[] ResourceKeys = ["dataset", "key", "paging", "envelope", "nested", "incremental"];
    private static readonly string[] IncrementalKeys = ["cursor_path", "start_param"];

    private readonly YamlSource _source;
    private readonly string _folder;

    private MockApiReader(YamlSource source, string folder)
    {
        _source = source;
        _folder = folder;
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">The file: other files are looked for beside it.</param>
    /// <returns>The API.</returns>
    /// <exception cref="DefinitionException">Something is wrong; all that is wrong is listed with its place.</exception>
    public static MockApiDefinition Read(string yaml, string file)
    {
        var log = new DefinitionLog(file);
        MockApiDefinition? api = YamlReader.Read(yaml, log) is { } root
            ? new MockApiReader(new YamlSource(log), Path.GetDirectoryName(Path.GetFullPath(file))!).Api(root)
            : null;
        log.ThrowIfAny();
        return api!;
    }

    private MockApiDefinition Api(YamlNode root)
    {
        var map = new YamlMap(_source, root, "the file", Keys);
        string name = map.Required("mock_api") is { } node ? _source.Text(node, "`mock_api`") ?? "" : "";
        (GeneratePlan? plan, string? data) = Data(map);
        var resources = new Dictionary<string, MockResource>(StringComparer.Ordinal);
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries =
            map.Required("resources") is { } listed ? _source.Entries(listed, "`resources`") : [];
        if (map["resources"] is YamlMapping mapping && entries.Count is 0 or > MostResources)
        {
            _source.Add(mapping, $"`resources` needs 1 to {MostResources} resources");
        }

        foreach ((YamlScalar key, YamlNode value) in entries)
        {
            if (!IsSegment(key.Text))
            {
                _source.Add(key, $"`{key.Text}` cannot be the name of a resource", "use letters, digits, `_`, `-` and `.`");
            }

            resources[key.Text] = Resource(key, new YamlMap(_source, value, $"resource `{key.Text}`", ResourceKeys), plan);
        }

        foreach ((YamlScalar key, YamlNode value) in entries)
        {
            CheckNested(value, resources.Keys);
        }

        return new MockApiDefinition { Name = name, BasePath = BasePath(map["base_path"]), Resources = resources, Plan = plan, DataFile = data };
    }

    private (GeneratePlan? Plan, string? DataFile) Data(YamlMap map)
    {
        if (map.Required("data") is not { } node)
        {
            return (null, null);
        }

        if (node is not YamlMapping)
        {
            return (null, FileBeside(node, "`data`"));
        }

        var data = new YamlMap(_source, node, "`data`", "generate");
        if (data.Required("generate") is not { } file || FileBeside(file, "`generate`") is not { } path)
        {
            return (null, null);
        }

        try
        {
            return (GeneratePlan.Load(path), null);
        }
        catch (DefinitionException exception)
        {
            foreach (DefinitionError error in exception.Errors)
            {
                _source.Add(error);
            }

            return (null, null);
        }
    }

    private string? FileBeside(YamlNode node, string what)
    {
        if (_source.Text(node, what) is not { } text)
        {
            return null;
        }

        string path = Path.Combine(_folder, text);
        if (text.Length > 0 && File.Exists(path))
        {
            return path;
        }

        _source.Add(node, $"there is no file `{text}`", "it is looked for beside this file");
        return null;
    }

    private string BasePath(YamlNode? node)
    {
        string? path = node is null ? "" : _source.Text(node, "`base_path`");
        if (path is null or "" or "/")
        {
            return "";
        }

        if (path[0] != '/' || !path.TrimEnd('/')[1..].Split('/').All(IsSegment))
        {
            _source.Add(node!, $"`{path}` cannot be the base path", "write it like /api, of letters, digits, `_`, `-` and `.`");
        }

        return path.TrimEnd('/');
    }

    private MockResource Resource(YamlScalar name, YamlMap map, GeneratePlan? plan)
    {
        YamlNode? node = map["dataset"];
        string dataset = node is null ? name.Text : _source.Text(node, "`dataset`") ?? name.Text;
        if (plan is not null)
        {
            CheckDataset(node ?? name, dataset, plan);
        }

        var nested = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((YamlScalar child, YamlNode field) in map["nested"] is { } children ? _source.Entries(children, "`nested`") : [])
        {
            nested[child.Text] = _source.Text(field, $"`{child.Text}`") ?? "";
        }

        return new MockResource(
            name.Text,
            dataset,
            map["key"] is { } key ? _source.Text(key, "`key`") ?? "id" : "id",
            map["paging"] is { } paging ? PagingReader.Read(_source, paging) : MockPaging.None,
            map["envelope"] is { } envelope ? EnvelopeReader.Read(_source, envelope) : Envelope.None,
            nested)
        {
            Incremental = map["incremental"] is { } incremental ? Incremental(incremental) : null,
        };
    }

    private MockIncremental? Incremental(YamlNode node)
    {
        var map = new YamlMap(_source, node, "`incremental`", IncrementalKeys);
        string? field = map.Required("cursor_path") is { } path ? _source.Text(path, "`cursor_path`") : null;
        string? parameter = map.Required("start_param") is { } start ? _source.Text(start, "`start_param`") : null;
        if (field?.Contains('.') == true)
        {
            _source.Add(map["cursor_path"]!, $"`{field}` cannot be the cursor", "it is the name of a field at the top level of the records");
        }

        return field is { Length: > 0 } && parameter is { Length: > 0 } ? new MockIncremental(field, parameter) : null;
    }

    private void CheckDataset(YamlNode node, string dataset, GeneratePlan plan)
    {
        if (plan.Datasets.FirstOrDefault(one => one.Name == dataset) is not { } found)
        {
            _source.Unknown(node, "dataset", dataset, plan.Datasets.Select(one => one.Name));
        }
        else if (!found.IsJsonLines)
        {
            _source.Add(node, $"dataset `{dataset}` is not of the format jsonl", "write `format: jsonl` where it is declared");
        }
    }

    private void CheckNested(YamlNode resource, IEnumerable<string> resources)
    {
        if (resource is YamlMapping mapping && mapping.TryGet("nested", out (YamlScalar, YamlNode Value) nested) && nested.Value is YamlMapping children)
        {
            foreach ((YamlScalar child, YamlNode _) in children.Entries.Where(entry => !resources.Contains(entry.Key.Text)))
            {
                _source.Unknown(child, "resource", child.Text, resources);
            }
        }
    }

    private static bool IsSegment(string name) =>
        name.Length > 0 && name is not ("." or "..") && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
