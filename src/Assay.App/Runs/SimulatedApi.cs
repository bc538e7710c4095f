namespace Assay.App.Runs;

/// <summary>An imitation that is asked instead of every API of a pipeline. What it says is invented, and so never mixed with real data.</summary>
/// <param name="BaseUrl">Where it is.</param>
internal sealed record SimulatedApi(Uri BaseUrl)
{
    /// <summary>What it is called wherever people read of it: where it listens differs from run to run.</summary>
    public const string Label = "simulated:";
}
