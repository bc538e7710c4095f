using System.Text.RegularExpressions;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.App.Tests.House;
using Assay.Store;

namespace Assay.App.Tests.Apis;

/// <summary>One of the API pipelines with files in the APIs' place: what is refined, computed and published is the pipeline's own.</summary>
internal sealed partial class FilePipeline : IDisposable
{
    public static readonly DateTime Noon = new(2024, 1, 20, 12, 0, 0);

    private readonly string _folder = Directory.CreateTempSubdirectory("assay-apis-").FullName;
    private readonly string _name;
    private readonly string _text;

    /// <param name="name">The pipeline.</param>
    /// <param name="record">Where the records of each source are in its files.</param>
    public FilePipeline(string name, string record)
    {
        _name = name;
        string text = File.ReadAllText(Path.Combine(Repository.Root, "pipelines", name, "pipeline.yaml"));
        text = Client().Replace(text, "");
        text = ShortSource().Replace(text, match => $"  {match.Groups[1].Value}: {{ format: json, path: \"${{{match.Groups[1].Value}_file}}\", record: {record.Replace("*", match.Groups[1].Value, StringComparison.Ordinal)} }}");
        text = LongSource().Replace(text, match => $"  {match.Groups[1].Value}: {{ format: json, path: \"${{{match.Groups[1].Value}_file}}\", record: {record} }}\n\n");
        _text = text.Replace("simulate: mock-api.yaml\n", "", StringComparison.Ordinal);
    }

    public AssayHome Home => new(Path.Combine(_folder, "data"));

    /// <summary>What is published, by file name.</summary>
    public SortedDictionary<string, string> Gold => new(
        Directory.GetFiles(Home.CurrentGold(_name)!).ToDictionary(path => Path.GetFileName(path), File.ReadAllText), StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Writes an input file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The pipeline with files for its sources.</summary>
    public PipelineDefinition Load(params (string Source, string Path)[] files) => PipelineLoader.Parse(
        files.Aggregate(_text, (text, file) => text.Replace($"${{{file.Source}_file}}", file.Path, StringComparison.Ordinal)),
        Path.Combine(_folder, "pipeline.yaml"),
        new PipelineSettings { WorkingDirectory = _folder, Environment = new Dictionary<string, string>() });

    /// <summary>Runs it as of <see cref="Noon"/>.</summary>
    public RunOutcome Run(params (string Source, string Path)[] files) => Run(options => options, files);

    /// <summary>Runs it.</summary>
    public RunOutcome Run(Func<RunOptions, RunOptions> options, params (string Source, string Path)[] files) =>
        new PipelineRun(Load(files), options(new RunOptions { Home = Home, Threads = 2, AsOf = Noon }), new RunProgress()).Execute(CancellationToken.None);

    /// <summary>The rows of a published table, without its header.</summary>
    public string[] Rows(string kpi) => Gold[kpi + ".csv"].Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];

    [GeneratedRegex(@"^client:\n(  .*\n)+\n", RegexOptions.Multiline)]
    private static partial Regex Client();

    [GeneratedRegex(@"^  (\w+): +\{ format: rest, .*\}$", RegexOptions.Multiline)]
    private static partial Regex ShortSource();

    [GeneratedRegex(@"^  (\w+):\n    format: rest\n(    .*\n)+\n", RegexOptions.Multiline)]
    private static partial Regex LongSource();
}
