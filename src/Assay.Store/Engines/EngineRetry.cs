using System.Globalization;

namespace Assay.Store;

/// <summary>Tries a step again after a failure that may pass. Only for steps that can be repeated without doing anything twice.</summary>
internal static class EngineRetry
{
    /// <summary>The pause before the second attempt; each further one is twice as long.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs a step, as often as the options allow.</summary>
    /// <typeparam name="T">What the step gives.</typeparam>
    /// <param name="options">How often, whose time, and whom to tell.</param>
    /// <param name="step">The step.</param>
    /// <param name="cancellationToken">Ends the pauses.</param>
    /// <returns>What the step gave.</returns>
    /// <exception cref="EngineException">The last attempt's failure, or one that will not pass.</exception>
    public static T Run<T>(EngineOptions options, Func<T> step, CancellationToken cancellationToken)
    {
        for (int retry = 1; ; retry++)
        {
            try
            {
                return step();
            }
            catch (EngineException e) when (e.IsTransient && retry <= options.Retries && !cancellationToken.IsCancellationRequested)
            {
                TimeSpan pause = FirstPause * Math.Pow(2, retry - 1);
                options.Notify(string.Create(
                    CultureInfo.InvariantCulture, $"{e.Message}; trying again in {pause.TotalSeconds:0.0} s ({retry} of {options.Retries})"));
                Wait(options.Time, pause, cancellationToken);
            }
        }
    }

    /// <summary>Waits.</summary>
    /// <exception cref="OperationCanceledException">The token ended it.</exception>
    public static void Wait(TimeProvider time, TimeSpan pause, CancellationToken cancellationToken)
    {
        using var passed = new CancellationTokenSource(pause, time);
        WaitHandle.WaitAny([passed.Token.WaitHandle, cancellationToken.WaitHandle]);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
