using Assay.App.Pipelines;

namespace Assay.App.Server;

/// <summary>Reads the server's settings, and says all that is wrong with them, with line and column.</summary>
internal sealed class ServerReading
{
    private static readonly string[] Keys = ["title", "default_pipeline", "pipelines"];
    private static readonly string[] PipelineKeys = ["files", "counts", "metrics"];
    private static readonly string[] FileKeys = ["name", "content"];
    private static readonly string[] CountKeys = ["rows", "distinct"];
    private static readonly string[] Contents = ["counts", "dictionary"];

    private readonly DefinitionContext _context;

    private ServerReading(DefinitionContext context) => _context = context;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">Its name in messages.</param>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="DefinitionException">Something is wrong with it.</exception>
    public static ServerSettings Read(string text, string file, string folder)
    {
        var log = new DefinitionLog(file);
        ServerSettings settings = new();
        if (YamlReader.Read(text, log) is { } root)
        {
            var context = new DefinitionContext(log, new VariableScope(new PipelineSettings(), log), folder);
            if (root is YamlMapping mapping)
            {
                settings = new ServerReading(context).Read(new Section(context, mapping, new Place(1, 1), Keys));
            }
            else
            {
                log.Add(root.Start, $"the server's settings are a mapping, and this is {root.Kind}", $"the keys are {string.Join(", ", Keys)}");
            }
        }

        log.ThrowIfAny();
        return settings;
    }

    private ServerSettings Read(Section section)
    {
        var pipelines = new Dictionary<string, PipelineSetting>(StringComparer.Ordinal);
        foreach ((YamlScalar name, YamlNode value) in section.Entries("pipelines", "names of pipelines stand before how they are presented"))
        {
            if (Section.Of(_context, name, value, PipelineKeys) is { } pipeline)
            {
                pipelines[name.Text] = Pipeline(pipeline);
            }
        }

        return new ServerSettings
        {
            Title = section.Text("title")?.Value ?? new ServerSettings().Title,
            DefaultPipeline = section.Text("default_pipeline")?.Value,
            Pipelines = pipelines,
        };
    }

    private PipelineSetting Pipeline(Section section) => new()
    {
        Files = [.. section.Entries("files", "for example `by_month: months.csv`").Select(entry => FileOf(entry.Key, entry.Value)).OfType<FileSetting>()],
        Counts = [.. section.Entries("counts", "for example `months: { rows: by_month }`").Select(entry => CountOf(entry.Key, entry.Value)).OfType<CountSetting>()],
        Metrics = [.. section.Entries("metrics", "for example `months_seen: months`").Select(entry => MetricOf(entry.Key, entry.Value)).OfType<KeyValuePair<string, string>>()],
    };

    private FileSetting? FileOf(YamlScalar type, YamlNode value)
    {
        FileSetting? setting = null;
        if (value is YamlScalar { IsNull: false } name)
        {
            setting = new FileSetting(type.Text, name.Text, FileContent.Published);
        }
        else if (Section.Of(_context, type, value, FileKeys) is { } section
            && section.RequiredText("name", "it is the file's name") is { } given)
        {
            FileContent content = section.Choice("content", Contents) switch
            {
                "counts" => FileContent.Counts,
                "dictionary" => FileContent.Dictionary,
                _ => FileContent.Published,
            };
            setting = new FileSetting(type.Text, given.Value, content);
        }

        if (setting is not null && (setting.Name.IndexOfAny(['/', '\\', ':', '\0']) >= 0 || setting.Name is "" or "." or ".."))
        {
            _context.Log.Add(value.Start, $"`{setting.Name}` cannot name a file of the outputs", "write a plain file name");
            return null;
        }

        return setting;
    }

    private CountSetting? CountOf(YamlScalar name, YamlNode value)
    {
        if (Section.Of(_context, name, value, CountKeys) is not { } section)
        {
            return null;
        }

        string? distinct = section.Text("distinct")?.Value;
        if (section.Text("rows")?.Value is { } kpi && distinct is null)
        {
            return new CountSetting(name.Text, kpi, null, null);
        }

        if (distinct?.Split('.') is [var table, var column])
        {
            return new CountSetting(name.Text, null, table, column);
        }

        _context.Log.Add(value.Start, $"`{name.Text}` counts nothing", "write `{ rows: <kpi> }` or `{ distinct: <table>.<column> }`");
        return null;
    }

    private KeyValuePair<string, string>? MetricOf(YamlScalar name, YamlNode value)
    {
        if (value is YamlScalar { IsNull: false } count)
        {
            return new KeyValuePair<string, string>(name.Text, count.Text);
        }

        Section.WrongKind(_context.Log, name.Text, value, "the name of a count");
        return null;
    }
}
