using Assay.App.Generate;
using Assay.Read;
using Assay.Sql;

namespace Assay.App;

/// <summary>What the program's exit code says.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A check failed.</summary>
    public const int CheckFailed = 1;

    /// <summary>The command line or the configuration is wrong; nothing was run.</summary>
    public const int Usage = 2;

    /// <summary>The run failed; nothing was published.</summary>
    public const int Failed = 3;

    /// <summary>The exit code for an error.</summary>
    public static int Of(Exception error) => error switch
    {
        CheckException => CheckFailed,
        DefinitionException or GenerateException or UsageException or SqlException => Usage,
        ReadException { IsConfiguration: true } or RunException { IsConfiguration: true } or Store.EngineException { IsMisconfigured: true } => Usage,
        _ => Failed,
    };
}
