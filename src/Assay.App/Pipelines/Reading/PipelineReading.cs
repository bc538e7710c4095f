using Assay.Measure;
using Assay.Refine;

namespace Assay.App.Pipelines;

/// <summary>Reads a pipeline's file as a whole.</summary>
internal sealed class PipelineReading
{
    private readonly DefinitionContext _context;
    private readonly Section _section;

    private PipelineReading(DefinitionContext context, Section section)
    {
        _context = context;
        _section = section;
    }

    private DefinitionLog Log => _context.Log;

    /// <summary>Reads a file.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="file">Its name in messages.</param>
    /// <param name="folder">Its folder, a full path.</param>
    /// <param name="settings">What is given from outside.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="DefinitionException">Something is wrong; it holds all that is.</exception>
    public static PipelineDefinition Read(string text, string file, string folder, PipelineSettings settings)
    {
        var log = new DefinitionLog(file);
        YamlNode? root = YamlReader.Read(text, log);
        PipelineDefinition? pipeline = null;
        if (root is YamlMapping mapping)
        {
            var context = new DefinitionContext(log, new VariableScope(settings, log), folder) { Aggregates = settings.Aggregates, Rules = settings.Rules };
            var section = new Section(context, mapping, new Place(1, 1), PipelineKeys.Pipeline);
            pipeline = new PipelineReading(context, section).Read(text);
        }
        else if (root is not null)
        {
            log.Add(root.Start, $"a pipeline is a mapping, and this is {root.Kind}", "it begins with `pipeline: <name>`");
        }

        log.ThrowIfAny();
        return pipeline!;
    }

    private PipelineDefinition Read(string text)
    {
        Variables();
        ExpandedText? name = _section.RequiredText("pipeline", "it is the pipeline's name");
        if (name is not null && !Names.IsFile(name.Value))
        {
            Log.Add(name.Start, $"`{name.Value}` cannot name a pipeline: it names its folders", "use a-z, 0-9, `_` and `-`");
        }

        foreach ((YamlScalar key, YamlNode value) in _section.Entries("maps", "for example `regions: { nort: North }`"))
        {
            MapReading.Read(_context, key, value);
        }

        _context.Client = RestSettings.Read(_context, _section.Child("client", PipelineKeys.Client), new RestSettings());
        List<SourceDefinition> sources = Things<SourceDefinition>("sources", SourceReading.Read);
        LayersReading layers = LayersReading.Read(_context, _section);
        RestReading.Check(_context, layers.Silver);
        List<TableDefinition> tables = [.. Things<TableDefinition[]>("tables", TableReading.Read).SelectMany(table => table)];
        RestReading.CheckKeys(_context, sources, tables);
        List<KpiDefinition> kpis = Things<KpiDefinition>("kpis", KpiReading.Read);
        var pipeline = new PipelineDefinition
        {
            Name = name?.Value ?? "",
            Title = _section.Text("title")?.Value ?? name?.Value ?? "",
            Description = _section.Text("description")?.Value,
            TimeZone = TimeZone(),
            KeepsBronze = layers.Bronze,
            KeepsSilver = layers.Silver,
            BronzeDays = layers.BronzeDays,
            Engine = EngineReading.Engine(_context, _section).Name,
            Engines = EngineReading.Connections(_context, _section),
            Simulate = Simulate(),
            File = Log.File,
            Folder = _context.Folder,
            Text = text,
            Variables = _context.Variables.Values(),
            Sources = ContractReading.Apply(_context, sources, tables),
            Tables = tables,
            Kpis = kpis,
            Outputs = OutputReading.ReadAll(_context, _section, kpis),
            Checks = Checks(),
            Dashboard = DashboardReading.Read(_context, _section, kpis),
        };
        _context.Variables.CheckOverrides();
        return pipeline;
    }

    private void Variables()
    {
        foreach ((YamlScalar key, YamlNode value) in _section.Entries("variables", "for example `file: data/shop.csv`"))
        {
            if (!Names.IsVariable(key.Text))
            {
                Log.Add(key.Start, $"`{key.Text}` cannot name a variable", "use letters, digits and `_`");
            }

            if (value is YamlScalar scalar)
            {
                _context.Variables.Declare(key.Text, scalar);
            }
            else
            {
                Section.WrongKind(Log, key.Text, value, "a text");
            }
        }
    }

    private List<T> Things<T>(string key, Func<DefinitionContext, YamlScalar, YamlNode, T?> read)
        where T : class
    {
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries = _section.Entries(key, "names stand before what they name");
        if (_section.Node(key) is null or YamlMapping { Entries.Count: 0 } && key != "kpis")
        {
            _section.Missing(key, "a pipeline has `sources`, and `tables` that are made of them");
        }

        var things = new List<T>();
        foreach ((YamlScalar name, YamlNode value) in entries)
        {
            if (read(_context, name, value) is { } thing)
            {
                things.Add(thing);
            }
        }

        return things;
    }

    private List<CheckDefinition> Checks()
    {
        var checks = new List<CheckDefinition>();
        foreach ((string table, Section section) in _context.Related)
        {
            checks.AddRange(RelationshipReading.ReadAll(_context, table, section));
        }

        foreach (YamlNode item in _section.Items("checks", "for example `- { table: shop, name: few_rejects, rule: rejected_rate <= 0.05 }`"))
        {
            if (CheckReading.Read(_context, item, checks) is { } check)
            {
                checks.Add(check);
            }
        }

        return checks;
    }

    private string? Simulate()
    {
        if (_section.Text("simulate") is not { } text)
        {
            return null;
        }

        if (text.Value.Length == 0 || text.Value.Contains('\0', StringComparison.Ordinal))
        {
            Log.Add(text.Start, "`simulate` names no file", "it is the file, beside this one, that says how the APIs are imitated, for example `mock-api.yaml`");
            return null;
        }

        return Path.GetFullPath(Path.Combine(_context.Folder, text.Value));
    }

    private TimeZoneInfo TimeZone()
    {
        ExpandedText? text = _section.Text("time_zone");
        if (text is null or { Value: "UTC" })
        {
            return TimeZoneInfo.Utc;
        }

        // The name is looked up as a file among the zones': it must not lead out of their folder.
        bool plain = text.Value.Length > 0 && text.Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+');
        if (plain && TimeZoneInfo.TryFindSystemTimeZoneById(text.Value, out TimeZoneInfo? zone))
        {
            return zone;
        }

        Log.Add(text.Start, $"unknown time zone `{text.Value}`", "write a name of the IANA's, for example `Asia/Kolkata`");
        return TimeZoneInfo.Utc;
    }
}
