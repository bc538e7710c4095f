namespace Assay.App.Pipelines;

/// <summary>A document that is published beside the KPIs' own files.</summary>
/// <param name="Name">Its file's name, in which <c>{run_id}</c> and <c>{exported_at}</c> may stand.</param>
/// <param name="Content">What is in it; for a CSV file <see cref="OutputRows"/>.</param>
internal sealed record OutputDefinition(string Name, OutputNode Content)
{
    /// <summary>What stands for the run's name in a file's.</summary>
    public const string RunIdMark = "{run_id}";

    /// <summary>What stands for the moment of the export in a file's name.</summary>
    public const string ExportedAtMark = "{exported_at}";

    /// <summary>Whether it is a CSV file; else it is JSON.</summary>
    public bool IsCsv => Name.EndsWith(".csv", StringComparison.Ordinal);
}
