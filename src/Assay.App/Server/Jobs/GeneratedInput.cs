using Assay.App.Generate;
using Assay.App.Pipelines;
using Assay.App.Runs;

namespace Assay.App.Server;

/// <summary>Input that was generated for a job, as the pipeline declares its samples.</summary>
/// <param name="Files">By source, the name of its file in the job's input folder.</param>
/// <param name="Results">By source, what is in it.</param>
/// <param name="Bytes">The bytes of all files.</param>
internal sealed record GeneratedInput(IReadOnlyDictionary<string, string> Files, IReadOnlyList<(GeneratePlan Plan, GenerateResult Result)> Results, long Bytes)
{
    /// <summary>Generates it. The same number of rows gives the same bytes.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="rows">The rows of all sources together, shared out as their samples' are.</param>
    /// <param name="folder">The job's folder.</param>
    /// <param name="threads">How many threads may work on it.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RunException">A source declares no sample.</exception>
    /// <exception cref="GenerateException">What it declares names no dataset.</exception>
    /// <exception cref="DefinitionException">The file that says how is wrong.</exception>
    public static GeneratedInput Make(
        PipelineDefinition pipeline, long rows, JobFolder folder, int threads, RunProgress progress, CancellationToken cancellationToken)
    {
        List<(SourceDefinition Source, SampleFile Sample)> samples = [.. pipeline.Sources.Select(source => (source, SampleFile.Of(source)))];
        long declared = Math.Max(1, samples.Sum(one => one.Sample.Rows));
        Dictionary<string, long> shares = samples.ToDictionary(
            one => one.Sample.Dataset.Name, one => Math.Max(1, (long)((Int128)rows * one.Sample.Rows / declared)), StringComparer.Ordinal);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var results = new List<(GeneratePlan, GenerateResult)>();
        foreach ((SourceDefinition source, SampleFile sample) in samples)
        {
            progress.Begin("generating input", () => (0, null));
            var told = new Progress(progress);
            string name = source.Name + Path.GetExtension(sample.Dataset.FileName);
            // The numbers of the other datasets matter as well, where rows of them are referred to.
            var options = new GenerateOptions { Rows = shares[sample.Dataset.Name], DatasetRows = shares, Seed = sample.Seed, Threads = threads };
            GenerateResult result = GenerateFile.WriteAsync(
                sample.Plan, sample.Dataset.Name, Path.Combine(folder.Input, name), options, told, cancellationToken).GetAwaiter().GetResult();
            files[source.Name] = name;
            results.Add((sample.Plan, result));
        }

        return new GeneratedInput(files, results, results.Sum(one => one.Item2.Bytes));
    }

    /// <summary>Passes the rows made so far on at once.</summary>
    private sealed class Progress(RunProgress progress) : IProgress<long>
    {
        private long _before;

        public void Report(long value) => progress.Add(value - Interlocked.Exchange(ref _before, value), 0);
    }
}
