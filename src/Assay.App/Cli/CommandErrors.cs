using Assay.App.Generate;
using Assay.Measure;
using Assay.Read;
using Assay.Sql;
using Assay.Store;

namespace Assay.App.Cli;

/// <summary>Turns what a command throws into a message and an exit code, in one place.</summary>
internal static class CommandErrors
{
    /// <summary>Runs a command's work.</summary>
    /// <returns>The exit code.</returns>
    public static int Guard(Func<int> work) => GuardAsync(() => Task.FromResult(work())).GetAwaiter().GetResult();

    /// <summary>Runs a command's work.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> GuardAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (DefinitionException e)
        {
            foreach (DefinitionError error in e.Errors)
            {
                Console.Error.WriteLine(error);
            }

            Console.Error.WriteLine(e.Errors.Count == 1 ? "1 error; nothing was run" : $"{e.Errors.Count} errors; nothing was run");
            return ExitCodes.Of(e);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("cancelled; nothing was published");
            return ExitCodes.Failed;
        }
        catch (Exception e) when (e is ReadException or StoreException or MeasureException or RunException or CheckException or GenerateException or UsageException
            or EngineException or SqlException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return ExitCodes.Of(e);
        }
        catch (Exception e)
        {
            // Left to itself, the process would end with the code of a check that does not hold.
            Console.Error.WriteLine($"error: this is a bug in Assay; please report it with what follows\n{e}");
            return ExitCodes.Failed;
        }
    }
}
