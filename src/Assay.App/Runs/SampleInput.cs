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
        if (definition.Sample is not { } sample)
        {
            throw new RunException($"source `{definition.Name}` has no path and no sample; give it a file with --set");
        }

        GeneratePlan plan = GeneratePlan.Load(sample.Generate);
        GenerateDataset dataset = plan.Dataset(sample.Dataset);
        long rows = sample.Rows ?? dataset.Rows ?? GenerateOptions.DefaultRows;
        string path = Path.Combine(
            options.Home.Root, "samples", $"{definition.Name}-{rows}-rows-seed-{sample.Seed}{Path.GetExtension(dataset.FileName)}");
        progress.Begin("generating a sample", () => (0, null));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var generate = new GenerateOptions { Rows = rows, Seed = sample.Seed, Threads = options.Threads };
        GenerateFile.WriteAsync(plan, sample.Dataset, path, generate, null, cancellationToken).GetAwaiter().GetResult();
        return Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
    }
}
