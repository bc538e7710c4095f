using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.App.Tests.House;

namespace Assay.App.Tests.Pipelines;

public sealed class ShippedPipelineTests
{
    /// <summary>A table and a source belong to one pipeline, so two with the same name could not be run beside one another.</summary>
    [Fact]
    public void Names_WhenPipelinesKeepLayers_ThenNoTwoWriteTheSame()
    {
        PipelineDefinition[] pipelines = [.. Directory.GetDirectories(Path.Combine(Repository.Root, "pipelines"))
            .Select(folder => PipelineLoader.Load(folder, new PipelineSettings { WorkingDirectory = Repository.Root, Environment = new Dictionary<string, string>() }))
            .Where(pipeline => pipeline.KeepsBronze)];
        Assert.Contains(pipelines, pipeline => pipeline.Name == "customers");
        Assert.Contains(pipelines, pipeline => pipeline.Name == "orders");

        Assert.Empty(pipelines.SelectMany(LayeredRun.Owned).GroupBy(name => name).Where(owners => owners.Count() > 1).Select(owners => owners.Key));
    }
}
