namespace Assay.App.Generate;

/// <summary>Generates into a file that appears under its name only when it is whole.</summary>
public static class GenerateFile
{
    /// <summary>Writes a plan's only dataset.</summary>
    /// <inheritdoc cref="WriteAsync(GeneratePlan, string?, string, GenerateOptions, IProgress{long}?, CancellationToken)"/>
    public static Task<GenerateResult> WriteAsync(
        GeneratePlan plan,
        string path,
        GenerateOptions options,
        IProgress<long>? progress,
        CancellationToken cancellationToken) => WriteAsync(plan, dataset: null, path, options, progress, cancellationToken);

    /// <summary>Writes to <c>.NAME.part</c> in the same folder, then renames it, over what was there unless
    /// <see cref="GenerateOptions.Overwrite"/> forbids it. After a failure or cancellation the part is removed and
    /// the old file is as it was.</summary>
    /// <param name="plan">What to generate.</param>
    /// <param name="dataset">Which of its datasets; null for the only one.</param>
    /// <param name="path">The file; its folder is made when it is missing.</param>
    /// <param name="options">How much, and from what.</param>
    /// <param name="progress">Told the rows made so far.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside of its range.</exception>
    /// <exception cref="GenerateException">The options do not fit the plan, or the file is there already and may not be replaced.</exception>
    /// <exception cref="IOException">The file cannot be written, or another process is generating it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static async Task<GenerateResult> WriteAsync(
        GeneratePlan plan,
        string? dataset,
        string path,
        GenerateOptions options,
        IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        string whole = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(whole) ?? throw new IOException($"{path} is not a file name.");
        if (!options.Overwrite && Path.Exists(whole))
        {
            throw AlreadyThere(path);
        }

        Directory.CreateDirectory(folder);
        string part = Path.Combine(folder, $".{Path.GetFileName(whole)}.part");
        GenerateResult result;
        // No buffer of its own: blocks of about 1 MB come in.
        var stream = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: false);
        try
        {
            await using (stream)
            {
                result = await DataGenerator.RunAsync(plan, dataset, stream, options, progress, cancellationToken);
            }

            File.Move(part, whole, options.Overwrite);
        }
        catch
        {
            File.Delete(part);
            throw;
        }

        return result;
    }

    /// <summary>What is said of a file that may not be replaced.</summary>
    internal static GenerateException AlreadyThere(string path) =>
        new($"{path} is already there, and is replaced only when that is asked for (--force)");
}
