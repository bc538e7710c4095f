using System.Security.Cryptography;
using Assay.App.Generate;
using Assay.App.Pipelines;

namespace Assay.App.Runs;

/// <summary>The sample of a source, as it is declared; nothing is generated yet.</summary>
/// <param name="Plan">How its rows are made.</param>
/// <param name="Dataset">Which of the plan's datasets it is.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Seed">What its random numbers start from.</param>
/// <param name="Name">The name of its file.</param>
internal sealed record SampleFile(GeneratePlan Plan, GenerateDataset Dataset, long Rows, ulong Seed, string Name)
{
    /// <summary>Reads what a source declares.</summary>
    /// <param name="definition">The source.</param>
    /// <returns>The sample.</returns>
    /// <exception cref="RunException">The source declares none.</exception>
    /// <exception cref="GenerateException">What it declares names no dataset.</exception>
    /// <exception cref="DefinitionException">The file that says how is wrong.</exception>
    public static SampleFile Of(SourceDefinition definition)
    {
        if (definition.Sample is not { } sample)
        {
            throw new RunException($"source `{definition.Name}` has no path and no sample; give it a file with --set");
        }

        GeneratePlan plan = GeneratePlan.Load(sample.Generate);
        GenerateDataset dataset = plan.Dataset(sample.Dataset);
        long rows = sample.Rows ?? dataset.Rows ?? GenerateOptions.DefaultRows;
        return new SampleFile(
            plan, dataset, rows, sample.Seed, $"{definition.Name}-{rows}-rows-seed-{sample.Seed}{Path.GetExtension(dataset.FileName)}");
    }

    /// <summary>How it is generated.</summary>
    /// <param name="threads">How many threads may work on it.</param>
    public GenerateOptions Options(int threads) => new() { Rows = Rows, Seed = Seed, Threads = threads };

    /// <summary>Generates it without keeping it.</summary>
    /// <param name="threads">How many threads may work on it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was generated, and the hash of its bytes in lower-case hexadecimal.</returns>
    public (GenerateResult Result, string Sha256) Measure(int threads, CancellationToken cancellationToken)
    {
        using var hash = SHA256.Create();
        using var output = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write);
        GenerateResult result = DataGenerator.RunAsync(Plan, Dataset.Name, output, Options(threads), null, cancellationToken).GetAwaiter().GetResult();
        output.FlushFinalBlock();
        return (result, Convert.ToHexStringLower(hash.Hash!));
    }
}
