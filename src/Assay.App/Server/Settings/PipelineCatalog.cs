using System.Collections.Concurrent;
using Assay.App.Pipelines;

namespace Assay.App.Server;

/// <summary>The pipelines that the server offers. One is read again when a file of its folder was changed.</summary>
/// <param name="settings">How they are presented.</param>
/// <param name="process">What their variables are given, and where they are looked for.</param>
/// <param name="defaultPipeline">The one that is meant when none is named; null leaves it to the settings.</param>
internal sealed class PipelineCatalog(ServerSettings settings, PipelineSettings process, string? defaultPipeline)
{
    private readonly ConcurrentDictionary<string, (DateTime Changed, PipelineDefinition Pipeline)> _read = new(StringComparer.Ordinal);

    /// <summary>Their names, in ordinal order.</summary>
    public IReadOnlyList<string> Names => PipelineLoader.List(process.WorkingDirectory);

    /// <summary>The one that is meant when a request names none; null when there is none at all.</summary>
    public string? Default => defaultPipeline ?? settings.DefaultPipeline ?? (Names is [var first, ..] ? first : null);

    /// <summary>Whether there is one of a name. Only names are taken from clients, never paths.</summary>
    public bool Has(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <summary>A pipeline.</summary>
    /// <param name="name">Its name, one of <see cref="Names"/>.</param>
    /// <exception cref="UsageException">There is none of that name.</exception>
    /// <exception cref="DefinitionException">Its file is wrong.</exception>
    public PipelineDefinition Load(string name)
    {
        if (!Has(name))
        {
            throw new UsageException($"there is no pipeline `{name}`; there are {string.Join(", ", Names)}");
        }

        // The other files of the folder, such as its dashboard, are part of the definition.
        DateTime changed = Directory.EnumerateFiles(PipelineLoader.FolderOf(name, process.WorkingDirectory)).Select(File.GetLastWriteTimeUtc).Max();
        if (_read.TryGetValue(name, out (DateTime Changed, PipelineDefinition Pipeline) known) && known.Changed == changed)
        {
            return known.Pipeline;
        }

        PipelineDefinition pipeline = PipelineLoader.Load(name, process);
        _read[name] = (changed, pipeline);
        return pipeline;
    }

    /// <summary>A pipeline, or null when its file is wrong.</summary>
    /// <param name="name">Its name, one of <see cref="Names"/>.</param>
    public PipelineDefinition? TryLoad(string name)
    {
        try
        {
            return Load(name);
        }
        catch (DefinitionException)
        {
            // Whoever asks for this one is told what is wrong with it; the others are offered all the same.
            return null;
        }
    }

    /// <summary>What people call a pipeline; its name when its file is wrong.</summary>
    public string TitleOf(string name) => TryLoad(name)?.Title ?? name;

    /// <summary>How a pipeline is presented.</summary>
    public PipelineSetting Setting(PipelineDefinition pipeline) =>
        settings.Pipelines.TryGetValue(pipeline.Name, out PipelineSetting? setting) ? setting : PipelineSetting.Of(pipeline);
}
