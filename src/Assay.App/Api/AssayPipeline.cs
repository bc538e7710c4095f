using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Measure;
using Assay.Read;
using Assay.Store;

namespace Assay;

/// <summary>
/// A pipeline to be run from a program, as <c>assay run</c> does it. It does not change, and may be used from several threads;
/// runs of one pipeline that keeps layers wait for one another. Relative paths start from the process's working directory.
/// </summary>
public sealed class AssayPipeline
{
    private const int MostThreads = 256;

    private readonly string _path;
    private readonly PipelineSettings _settings;
    private readonly PipelineDefinition _definition;

    private AssayPipeline(string path, PipelineSettings settings)
    {
        _path = path;
        _settings = settings;
        _definition = PipelineLoader.Load(path, settings);
    }

    /// <summary>The pipeline's name.</summary>
    public string Name => _definition.Name;

    /// <summary>What people call it.</summary>
    public string Title => _definition.Title;

    /// <summary>The variables that it declares, with their values.</summary>
    public IReadOnlyDictionary<string, string> Variables => _definition.Variables;

    /// <summary>The names of its tables.</summary>
    public IReadOnlyList<string> Tables => [.. _definition.Tables.Select(table => table.Name)];

    /// <summary>The names of its KPIs.</summary>
    public IReadOnlyList<string> Kpis => [.. _definition.Kpis.Select(kpi => kpi.Name)];

    /// <summary>Reads a pipeline and checks it as a whole.</summary>
    /// <param name="path">A pipeline's name under <c>pipelines/</c>, a folder with a <c>pipeline.yaml</c>, or a file.</param>
    /// <param name="register">Adds the cleaning rules and aggregates that the pipeline names beside the built-in ones.</param>
    /// <param name="variables">Values for its variables, which count before those of the environment and the <c>.env</c> file, as with
    /// <see cref="Set"/>.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="DefinitionException">There is no such pipeline, or something is wrong with it; the exception holds all that is.</exception>
    /// <exception cref="ArgumentException">A rule or an aggregate cannot have the name it was given.</exception>
    public static AssayPipeline Load(
        string path, Action<AssayRegistry>? register = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var registry = new AssayRegistry();
        register?.Invoke(registry);
        PipelineSettings settings = PipelineSettings.FromProcess([]);
        return new AssayPipeline(path, settings with
        {
            Rules = registry.Rules,
            Aggregates = registry.Aggregates,
            Overrides = variables ?? settings.Overrides,
        });
    }

    /// <summary>The pipeline with another value for one of its variables, such as the path of a source.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="value">The value.</param>
    /// <returns>A pipeline; this one is as it was.</returns>
    /// <exception cref="DefinitionException">There is no such variable, or the pipeline is wrong with that value.</exception>
    public AssayPipeline Set(string variable, string value)
    {
        ArgumentNullException.ThrowIfNull(variable);
        ArgumentNullException.ThrowIfNull(value);
        return new AssayPipeline(_path, _settings with
        {
            Overrides = new Dictionary<string, string>(_settings.Overrides, StringComparer.Ordinal) { [variable] = value },
        });
    }

    /// <summary>Runs the pipeline: reads its sources, sets bad rows aside, computes its KPIs and publishes them.</summary>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the run; nothing is published then.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="ReadException">A source cannot be read.</exception>
    /// <exception cref="MeasureException">A KPI cannot be computed.</exception>
    /// <exception cref="StoreException">Something cannot be written, or what is stored cannot be read.</exception>
    /// <exception cref="CheckException">A check that is an error does not hold; nothing was published.</exception>
    /// <exception cref="RunException">The run cannot go on for another reason.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Task<AssayRun> RunAsync(AssayRunOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(options, Layer.Gold, takesNoFiles: false, cancellationToken);

    /// <summary>Only lands new files: their bytes are kept in bronze. <see cref="LoadAsync"/> and <see cref="RunAsync(AssayRunOptions?, CancellationToken)"/>
    /// still count them as new. For pipelines that keep layers.</summary>
    /// <inheritdoc cref="RunAsync(AssayRunOptions?, CancellationToken)"/>
    public Task<AssayRun> LandAsync(AssayRunOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(options, Layer.Bronze, takesNoFiles: false, cancellationToken);

    /// <summary>Lands new files and loads them into silver; the published results stay as they are. For pipelines that keep layers.</summary>
    /// <inheritdoc cref="RunAsync(AssayRunOptions?, CancellationToken)"/>
    public Task<AssayRun> LoadAsync(AssayRunOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(options, Layer.Silver, takesNoFiles: false, cancellationToken);

    /// <summary>Computes and publishes the KPIs of what silver holds; the sources are not looked at. For pipelines that keep layers.</summary>
    /// <inheritdoc cref="RunAsync(AssayRunOptions?, CancellationToken)"/>
    public Task<AssayRun> MeasureAsync(AssayRunOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(options, Layer.Gold, takesNoFiles: true, cancellationToken);

    private Task<AssayRun> RunAsync(AssayRunOptions? options, Layer until, bool takesNoFiles, CancellationToken cancellationToken)
    {
        RunOptions run = Options(options ?? new AssayRunOptions(), until, takesNoFiles);
        var progress = new RunProgress();
        // A run waits for threads of its own for as long as it lasts, so it must not hold one of the pool's.
        return Task.Factory.StartNew(
            () => new AssayRun(new PipelineRun(_definition, run, progress).Execute(cancellationToken), [.. progress.Warnings]),
            cancellationToken,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);
    }

    private RunOptions Options(AssayRunOptions options, Layer until, bool takesNoFiles)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Threads, MostThreads, nameof(options));
        if (takesNoFiles && options.FullRefresh)
        {
            throw new ArgumentException("A rebuild loads, so it cannot be only measured: use RunAsync.", nameof(options));
        }

        if (!_definition.KeepsSilver && (until != Layer.Gold || takesNoFiles || options.FullRefresh))
        {
            throw new RunException($"`{Name}` keeps no layers that could be made one by one or be rebuilt; write `layers: [bronze, silver, gold]` in the pipeline");
        }

        return new RunOptions
        {
            Home = options.Home is { } home ? new AssayHome(home) : AssayHome.FromEnvironment(),
            Threads = options.Threads,
            AsOf = options.AsOf is { Kind: not DateTimeKind.Unspecified } moment
                ? TimeZoneInfo.ConvertTime(new DateTimeOffset(moment), _definition.TimeZone).DateTime
                : options.AsOf,
            FullRefresh = options.FullRefresh,
            AllowPartial = options.AllowPartial,
            DryRun = options.DryRun,
            MaxMemory = options.MaxMemory,
            Until = until,
            TakesNoFiles = takesNoFiles,
            Time = options.Time,
            StandardInput = options.StandardInput,
        };
    }
}
