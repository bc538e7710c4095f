using Assay.App.Generate;
using Assay.App.Pipelines;

namespace Assay.App.MockApi;

/// <summary>The imitation of a pipeline's APIs.</summary>
internal static class Simulation
{
    /// <summary>What a pipeline's imitation is declared in, unless <c>simulate</c> names another file.</summary>
    public const string FileName = "mock-api.yaml";

    /// <summary>Finds the file that declares it.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <returns>The file that <c>simulate</c> names, there or not; else that of the usual name beside the pipeline, or null when there is none.</returns>
    public static string? FileOf(PipelineDefinition pipeline)
    {
        string usual = Path.Combine(pipeline.Folder, FileName);
        return pipeline.Simulate ?? (File.Exists(usual) ? usual : null);
    }

    /// <summary>Serves it, on any port that is free.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="settings">How much is served, and what goes wrong.</param>
    /// <param name="time">Tells the time.</param>
    /// <param name="cancellationToken">Stops making the records.</param>
    /// <returns>The server; it serves until it is disposed.</returns>
    /// <exception cref="UsageException">The pipeline asks no API, or declares no imitation, or the settings make no sense.</exception>
    /// <exception cref="DefinitionException">The declaration is wrong.</exception>
    /// <exception cref="GenerateException">The settings do not fit how the records are made.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static async Task<MockApiServer> StartAsync(
        PipelineDefinition pipeline, MockApiSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        if (pipeline.Sources.All(source => source.Rest is null))
        {
            throw new UsageException($"`{pipeline.Name}` asks no API, so there is nothing to simulate; leave --simulate out");
        }

        string file = FileOf(pipeline) ?? throw new UsageException(
            $"`{pipeline.Name}` declares no imitation of its API; write a {FileName} beside it, and name it with `simulate: {FileName}`");
        return await MockApiServer.StartAsync(MockApiDefinition.Load(file), settings, port: 0, time, cancellationToken);
    }
}
