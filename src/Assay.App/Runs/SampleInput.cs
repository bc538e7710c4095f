using Assay.App.Generate;
using Assay.App.Pipelines;

namespace Assay.App.Runs;

/// <summary>The sample that stands in for a file that was not given.</summary>
internal static class SampleInput
{
    /// <summary>Makes the sample, anew each time: what it declares may have changed.</summary>
    /// <param name="definition">The source.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="progress">Is told of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The file, seen from the working directory.</returns>
    /// <exception cref="RunException">The source declares none.</exception>
    /// <exception cref="GenerateException">What it declares names no dataset.</exception>
    public static string Make(SourceDefinition definition, RunOptions options, RunProgress progress, CancellationToken cancellationToken)
    {
        SampleFile sample = SampleFile.Of(definition);
        string path = Path.Combine(options.Home.Root, "samples", sample.Name);
        progress.Begin("generating a sample", () => (0, null));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        GenerateFile.WriteAsync(sample.Plan, sample.Dataset.Name, path, sample.Options(options.Threads), null, cancellationToken).GetAwaiter().GetResult();
        return Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
    }
}
