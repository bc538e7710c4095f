namespace Assay.Store;

/// <summary>Where Assay keeps its data, and how the folders in it are named.</summary>
public sealed class AssayHome
{
    /// <summary>The environment variable that moves the data elsewhere.</summary>
    public const string Variable = "ASSAY_HOME";

    /// <summary>The link in a pipeline's gold folder that leads to the run published last.</summary>
    public const string CurrentLink = "current";

    /// <summary>Takes a folder as home; nothing is made before something is written.</summary>
    /// <param name="root">The folder, seen from the working directory when it is relative.</param>
    public AssayHome(string root) => Root = Path.GetFullPath(root);

    /// <summary>The folder that holds all others, as a full path.</summary>
    public string Root { get; }

    /// <summary>The database of what is remembered from run to run, as a full path.</summary>
    public string StateFile => Path.Combine(Root, "assay.db");

    /// <summary>The folder that has a folder for each run, as a full path.</summary>
    public string Runs => Path.Combine(Root, "runs");

    /// <summary>The folder that has a folder for each job of the server, as a full path.</summary>
    public string Jobs => Path.Combine(Root, "jobs");

    /// <summary>The home that <c>ASSAY_HOME</c> names, else <c>data</c> in the working directory.</summary>
    /// <returns>The home.</returns>
    public static AssayHome FromEnvironment() =>
        new(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } root ? root : "data");

    /// <summary>The folder of a pipeline's published runs.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <returns>A full path.</returns>
    /// <exception cref="ArgumentException">The name is not a plain folder name.</exception>
    public string Gold(string pipeline) => Path.Combine(Root, "gold", Plain(pipeline));

    /// <summary>The folder of a source's raw files.</summary>
    /// <param name="source">The source's name.</param>
    /// <returns>A full path.</returns>
    /// <exception cref="ArgumentException">The name is not a plain folder name.</exception>
    public string Bronze(string source) => Path.Combine(Root, "bronze", Plain(source));

    /// <summary>The folder of a table's clean rows.</summary>
    /// <param name="table">The table's name.</param>
    /// <returns>A full path.</returns>
    /// <exception cref="ArgumentException">The name is not a plain folder name.</exception>
    public string Silver(string table) => Path.Combine(Root, "silver", Plain(table));

    /// <summary>The folder of a table's rejected rows, one file a run.</summary>
    /// <param name="table">The table's name.</param>
    /// <returns>A full path.</returns>
    /// <exception cref="ArgumentException">The name is not a plain folder name.</exception>
    public string Quarantine(string table) => Path.Combine(Root, "quarantine", Plain(table));

    /// <summary>The folder of what is known about a run.</summary>
    /// <param name="runId">The run.</param>
    /// <returns>A full path.</returns>
    /// <exception cref="ArgumentException">The id is not a plain folder name.</exception>
    public string Run(string runId) => Path.Combine(Runs, Plain(runId));

    /// <summary>The folder of a job: its input, its outputs, and the home of what its run keeps.</summary>
    /// <param name="id">The job.</param>
    /// <returns>A full path.</returns>
    /// <exception cref="ArgumentException">The id is not a plain folder name.</exception>
    public string Job(string id) => Path.Combine(Jobs, Plain(id));

    /// <summary>The folder of a certificate that engines agree.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="id">The certificate.</param>
    /// <returns>A full path.</returns>
    /// <exception cref="ArgumentException">A name is not a plain folder name.</exception>
    public string Certificate(string pipeline, string id) => Path.Combine(Root, "certificates", Plain(pipeline), Plain(id));

    /// <summary>A file below <see cref="Root"/>, from the path that is written down: with slashes, whatever the
    /// system's own separator is, so that a home can be moved.</summary>
    /// <param name="relative">For example <c>silver/books/data.parquet</c>.</param>
    /// <returns>A full path.</returns>
    internal string Full(string relative) => Path.Combine(Root, relative);

    /// <summary>A file's path below <see cref="Root"/>, with slashes.</summary>
    internal string Relative(string full) => Path.GetRelativePath(Root, full).Replace('\\', '/');

    /// <summary>The folder of files that outlive no run.</summary>
    internal string Temporary => Path.Combine(Root, ".tmp");

    /// <summary>The folder of the run that a pipeline published last. Resolve it once and read all files
    /// from there: they then belong to one run, even if another is published meanwhile.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <returns>A full path without links in its last step, or null when nothing was published yet.</returns>
    /// <exception cref="ArgumentException">The name is not a plain folder name.</exception>
    public string? CurrentGold(string pipeline)
    {
        string gold = Gold(pipeline);
        return new DirectoryInfo(Path.Combine(gold, CurrentLink)).LinkTarget is { } target
            ? Path.Combine(gold, target)
            : null;
    }

    /// <summary>A name that stays within its folder: a leading dot is kept for Assay's own files.</summary>
    internal static string Plain(string name) =>
        name.Length > 0 && name[0] != '.' && name != CurrentLink && name.IndexOfAny(['/', '\\', ':', '\0']) < 0
            ? name
            : throw new ArgumentException($"'{name}' cannot be the name of a folder.", nameof(name));
}
