using Assay.Store;

namespace Assay.App.Server;

/// <summary>What people call the files that a job took: the server keeps them under names of its own.</summary>
internal static class InputLabels
{
    /// <summary>A file's name as its reader knows it.</summary>
    /// <param name="job">The job that took it; null when none did.</param>
    /// <param name="path">Its path.</param>
    /// <returns>The name under which it was uploaded, where the job took this one alone; else the path's last part.</returns>
    public static string Of(JobEntry? job, string path)
    {
        string name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        return job is not null && JobRequest.Of(job) is { Files.Count: 1, FileName: var label } request && request.Files.Values.First() == name ? label : name;
    }
}
