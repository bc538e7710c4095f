namespace Assay.App.Server;

/// <summary>How jobs come about, in the words that clients know.</summary>
internal static class JobType
{
    /// <summary>A file was sent.</summary>
    public const string Upload = "upload";

    /// <summary>A pipeline was started.</summary>
    public const string Run = "main_pipeline";

    /// <summary>A pipeline was started with many generated rows.</summary>
    public const string LargeRun = "large_scale_test";

    /// <summary>Repaired rows were sent.</summary>
    public const string Replay = "replay";

    /// <summary>Outputs were found without a word of where they came from.</summary>
    public const string Discovered = "discovered";
}
