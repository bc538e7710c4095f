using Assay.App.Pipelines;

namespace Assay.App.Server;

/// <summary>How the server presents a pipeline.</summary>
internal sealed record PipelineSetting
{
    /// <summary>The files of a job's outputs, in the order they are told in.</summary>
    public required IReadOnlyList<FileSetting> Files { get; init; }

    /// <summary>The figures beside its books.</summary>
    public IReadOnlyList<CountSetting> Counts { get; init; } = [];

    /// <summary>Which of the figures are told first, under names of their own.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metrics { get; init; } = [];

    /// <summary>How a pipeline is presented about which nothing was set: each KPI under its own name.</summary>
    public static PipelineSetting Of(PipelineDefinition pipeline) => new()
    {
        Files =
        [
            .. pipeline.Kpis.Select(kpi => new FileSetting(kpi.Name, kpi.Name + ".csv", FileContent.Published)),
            new FileSetting("summary", "summary.json", FileContent.Published),
            new FileSetting("quality", "quality.json", FileContent.Published),
            new FileSetting("data_dictionary", "DATA_DICTIONARY.md", FileContent.Dictionary),
        ],
        Counts = [.. pipeline.Kpis.Select(kpi => new CountSetting(kpi.Name, kpi.Name, null, null))],
    };
}
