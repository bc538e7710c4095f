using System.Collections;
using Assay.Measure;
using Assay.Refine;

namespace Assay.App.Pipelines;

/// <summary>What a pipeline's variables are given from outside of its file. Where several name one variable, <see cref="Overrides"/> count before <see cref="Environment"/>, and that before <see cref="DotEnv"/>.</summary>
public sealed record PipelineSettings
{
    /// <summary>The values given with <c>--set NAME=VALUE</c>.</summary>
    public IReadOnlyDictionary<string, string> Overrides { get; init; } = new Dictionary<string, string>();

    /// <summary>The environment: a variable <c>file</c> is <c>ASSAY_FILE</c> there, or exactly <c>file</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What the <c>.env</c> file in the working directory says, under the same names.</summary>
    public IReadOnlyDictionary<string, string> DotEnv { get; init; } = new Dictionary<string, string>();

    /// <summary>The aggregates that a program adds to those that KPIs may call.</summary>
    public AggregateCatalog Aggregates { get; init; } = AggregateCatalog.Empty;

    /// <summary>The cleaning rules that columns may ask for; a program adds its own with <see cref="CleaningRuleCatalog.With"/>.</summary>
    public CleaningRuleCatalog Rules { get; init; } = CleaningRuleCatalog.Default;

    /// <summary>The folder that names and paths of pipelines start from.</summary>
    public string WorkingDirectory { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>The settings of this process: its environment and the <c>.env</c> file beside it.</summary>
    /// <param name="overrides">The values of <c>--set</c>, each <c>NAME=VALUE</c>, each name once.</param>
    /// <param name="workingDirectory">The folder to work in; null for the process's own.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="DefinitionException">A value has no <c>=</c>, a name is set twice, or the <c>.env</c> file cannot be read or has mistakes.</exception>
    public static PipelineSettings FromProcess(IEnumerable<string> overrides, string? workingDirectory = null)
    {
        string folder = workingDirectory ?? Directory.GetCurrentDirectory();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
        {
            environment[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return new PipelineSettings
        {
            Overrides = ParseOverrides(overrides),
            Environment = environment,
            DotEnv = ReadDotEnv(Path.Combine(folder, DotEnvFile.Name)),
            WorkingDirectory = folder,
        };
    }

    private static IReadOnlyDictionary<string, string> ReadDotEnv(string file)
    {
        try
        {
            return File.Exists(file) ? DotEnvFile.Parse(File.ReadAllText(file)) : new Dictionary<string, string>();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DefinitionException([new DefinitionError(DotEnvFile.Name, 0, 0, $"the file cannot be read: {exception.Message}")]);
        }
    }

    private static Dictionary<string, string> ParseOverrides(IEnumerable<string> overrides)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var log = new DefinitionLog("--set");
        foreach (string text in overrides)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                log.Add(default, $"`{text}` gives no variable a value", "write `--set NAME=VALUE`");
            }
            else if (text[..equals].Trim() is var name && !values.TryAdd(name, text[(equals + 1)..]))
            {
                log.Add(default, $"`{name}` is set twice", "give it one value; of files that is a pattern such as `data/*.csv`");
            }
        }

        log.ThrowIfAny();
        return values;
    }
}
