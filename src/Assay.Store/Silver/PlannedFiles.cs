using System.Runtime.ExceptionServices;

namespace Assay.Store;

/// <summary>The files of a merge while they are written, hidden.</summary>
internal sealed class PlannedFiles(SilverWorkspace workspace, SilverTable table, SilverPlan plan)
{
    /// <summary>Writes the files and waits until they are on the disk; when that fails, none is left.</summary>
    public void Write(Action write)
    {
        string[] staged = [.. plan.Writes.Select(w => workspace.Home.Full(w.Staged))];
        bool done = false;
        try
        {
            write();
            Durable.SyncFiles(staged);
            foreach (string folder in plan.FoldersToSync())
            {
                Durable.SyncFolder(folder);
            }

            done = true;
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(workspace.Home.Silver(table.Name), e);
        }
        finally
        {
            if (!done)
            {
                SilverFiles.Remove(staged, workspace.Home);
            }
        }
    }

    /// <summary>Writes some of the files, several at a time.</summary>
    /// <param name="writes">The files.</param>
    /// <param name="open">Opens what a thread writes with; it takes a file and the path to write it to.</param>
    public void Each(PartitionWrite[] writes, Func<Writer> open)
    {
        int threads = Math.Clamp(writes.Length, 1, workspace.Threads);
        int taken = -1;
        try
        {
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
            {
                using Writer writer = open();
                for (int i; (i = Interlocked.Increment(ref taken)) < writes.Length;)
                {
                    string path = workspace.Home.Full(writes[i].Staged);
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    writer.Write(writes[i], path);
                }
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    /// <summary>One thread's way to write files.</summary>
    public abstract class Writer(SilverTable table) : IDisposable
    {
        /// <summary>Writes files of the table.</summary>
        protected SilverFileWriter Files { get; } = new(table);

        /// <summary>Writes a file.</summary>
        public abstract void Write(PartitionWrite write, string path);

        public virtual void Dispose() => Files.Dispose();
    }
}
