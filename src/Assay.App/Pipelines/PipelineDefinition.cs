using Assay.Measure;
using Assay.Refine;

namespace Assay.App.Pipelines;

/// <summary>A pipeline as its file declares it, checked as a whole: every name in it stands for something, and every expression makes sense.</summary>
public sealed record PipelineDefinition
{
    /// <summary>The pipeline's name, fit to be a folder's.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>What it is for, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The zone that its dates and months are in.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Whether the raw bytes of its inputs are kept.</summary>
    public bool KeepsBronze { get; init; }

    /// <summary>Whether its clean rows are kept and built upon; without, each run is of what it reads alone.</summary>
    public bool KeepsSilver { get; init; }

    /// <summary>The days after which bronze that nothing needs any more is removed; null keeps it.</summary>
    public int? BronzeDays { get; init; }

    /// <summary>The name of the engine that computes its KPIs unless a run is told otherwise, such as <c>memory</c> or <c>postgres</c>.</summary>
    public string Engine { get; init; } = "memory";

    /// <summary>How its file says that databases are reached, by the engines' names.</summary>
    public IReadOnlyDictionary<string, EngineConnection> Engines { get; init; } = new Dictionary<string, EngineConnection>();

    /// <summary>The file, a full path, that says how its APIs are imitated; null when none does.</summary>
    public string? Simulate { get; init; }

    /// <summary>The file it was read from, as people would name it from the working directory.</summary>
    public required string File { get; init; }

    /// <summary>The folder of that file, a full path; files beside the pipeline are found from there.</summary>
    public required string Folder { get; init; }

    /// <summary>The file's text, for the run's manifest.</summary>
    public required string Text { get; init; }

    /// <summary>The variables it declares, with the values they have in this run.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Where the records come from.</summary>
    public required IReadOnlyList<SourceDefinition> Sources { get; init; }

    /// <summary>The tables, in the order of the file.</summary>
    public required IReadOnlyList<TableDefinition> Tables { get; init; }

    /// <summary>The KPIs, in the order of the file.</summary>
    public required IReadOnlyList<KpiDefinition> Kpis { get; init; }

    /// <summary>A fingerprint of the text and the variables' values: runs with the same compute the same of the same input.</summary>
    public string Hash => Fingerprint.Of(
        Text + string.Concat(Variables.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => $"\0{variable.Key}={variable.Value}")));

    /// <summary>The conditions on tables as a whole, in the order of the file.</summary>
    public required IReadOnlyList<CheckDefinition> Checks { get; init; }

    /// <summary>How its results are shown on a page.</summary>
    public required DashboardDefinition Dashboard { get; init; }
}
