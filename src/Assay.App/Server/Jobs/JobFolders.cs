using Assay.Store;
using Microsoft.Extensions.Logging;

namespace Assay.App.Server;

/// <summary>The folders of all jobs: what lies there without a job is removed at the start.</summary>
internal sealed class JobFolders(JobDatabase jobs, ServerOptions options, ILogger<JobFolders> log)
{
    /// <summary>The folder, beside those of jobs, that uploads are received in.</summary>
    public const string Receiving = ".receiving";

    /// <summary>Removes what a process that is gone left: uploads that were not received whole, and folders of jobs that
    /// were not added, or forgotten before their files were removed.</summary>
    public void TidyUp()
    {
        Directory.CreateDirectory(options.Home.Jobs);
        foreach (string folder in Directory.EnumerateDirectories(options.Home.Jobs))
        {
            string name = Path.GetFileName(folder);
            if (name != Receiving && jobs.Find(name) is not null)
            {
                continue;
            }

            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                ServerLog.NotRemoved(log, e.Message);
            }
        }
    }
}
