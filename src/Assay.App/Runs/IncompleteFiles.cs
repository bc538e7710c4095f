using Assay.Read;

namespace Assay.App.Runs;

/// <summary>What becomes of files that break off or are malformed: one rule, however a run reads them.</summary>
internal static class IncompleteFiles
{
    /// <summary>Ends the run when a file breaks off, unless what comes before that is to be taken.</summary>
    /// <param name="source">The records, read to their end.</param>
    /// <param name="allowPartial">Whether what comes before the fault is taken.</param>
    /// <param name="progress">Is told of what was taken of a file.</param>
    /// <exception cref="RunException">A file breaks off, and that is not allowed.</exception>
    public static void Require(IRecordSource source, bool allowPartial, RunProgress progress)
    {
        foreach (IncompleteFile broken in source.Incomplete)
        {
            string message = $"{source.Files[broken.File]}:{broken.Line}:{broken.Column}: {broken.Reason}";
            if (!allowPartial)
            {
                throw new RunException($"{message}; nothing was published. Repair the file, or take what comes before that with --allow-partial");
            }

            progress.Warn($"{message}; only what comes before was taken");
        }
    }
}
