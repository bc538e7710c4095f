using Assay.Store;

namespace Assay.App.Server;

/// <summary>Where a job keeps its files. Nothing in the paths comes from a client: the id is the server's own.</summary>
/// <param name="home">The server's home.</param>
/// <param name="id">The job.</param>
internal sealed class JobFolder(AssayHome home, string id)
{
    /// <summary>The job's folder.</summary>
    public string Root { get; } = home.Job(id);

    /// <summary>Its input.</summary>
    public string Input => Path.Combine(Root, "input");

    /// <summary>Its complete outputs; the folder is there once they are.</summary>
    public string Output => Path.Combine(Root, "output");

    /// <summary>What its run keeps, when that is the job's own.</summary>
    public AssayHome Home => new(Path.Combine(Root, "home"));

    /// <summary>The home that a job's run was done on: its own, that of the job whose rows it repaired, or the server's.</summary>
    /// <param name="home">The server's home.</param>
    /// <param name="job">The job.</param>
    public static AssayHome HomeOf(AssayHome home, JobEntry job)
    {
        AssayHome own = new JobFolder(home, JobRequest.Of(job).OfJob ?? job.Id).Home;
        return Directory.Exists(own.Root) ? own : home;
    }

    /// <summary>A path as it is told: from the server's home, with slashes.</summary>
    public string Told(string path) => Path.GetRelativePath(home.Root, path).Replace('\\', '/');

    /// <summary>Waits until the input is on the disk for good; its files are already.</summary>
    /// <exception cref="StoreException">It could not be written.</exception>
    public void KeepInput() => DurableFolder.Sync(Input, levels: 3);

    /// <summary>Removes the input, once nothing needs it any more.</summary>
    public void DeleteInput() => Remove(Input);

    /// <summary>Removes the folder with all that is in it.</summary>
    public void Delete() => Remove(Root);

    /// <summary>Removes what an earlier attempt left; the input stays.</summary>
    public void Clear()
    {
        Remove(Home.Root);
        Remove(Output);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
