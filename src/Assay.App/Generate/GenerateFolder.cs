using System.Globalization;

namespace Assay.App.Generate;

/// <summary>Generates the datasets of a plan, each into its file.</summary>
public static class GenerateFolder
{
    /// <summary>Writes all datasets, each file as <see cref="GenerateFile"/> does. Nothing is written when one of the
    /// files is there already and may not be replaced.</summary>
    /// <param name="plan">What to generate.</param>
    /// <param name="folder">Where the files go; it is made when it is missing.</param>
    /// <param name="parts">How many files a dataset that can be split becomes, named <c>NAME-0001.xml</c> and so on
    /// in the order of its days; 1 for one file of its own name.</param>
    /// <param name="options">How much, and from what; <see cref="GenerateOptions.Rows"/> and
    /// <see cref="GenerateOptions.Part"/> are not used.</param>
    /// <param name="progress">Told the rows made so far of the file at hand.</param>
    /// <param name="cancellationToken">Stops the work; files that were whole by then stay.</param>
    /// <returns>The files in the order they were written, and what is in them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside of its range.</exception>
    /// <exception cref="GenerateException">The options do not fit the plan, or a file is there already; nothing was written.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static async Task<IReadOnlyList<(string Path, GenerateResult Result)>> WriteAsync(
        GeneratePlan plan,
        string folder,
        int parts,
        GenerateOptions options,
        IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        var files = plan.Datasets.SelectMany(dataset => Files(dataset, folder, parts)).ToList();
        if (parts > 1 && files.TrueForAll(file => file.Part is null))
        {
            throw new GenerateException($"`{plan.Name}` cannot be split: none of its datasets has a `split`");
        }

        foreach ((string dataset, string path, GeneratePart? part) in files)
        {
            OptionCheck.Rows(plan, plan.Dataset(dataset), options with { Rows = null, Part = part });
            if (!options.Overwrite && Path.Exists(path))
            {
                throw GenerateFile.AlreadyThere(path);
            }
        }

        var results = new List<(string Path, GenerateResult Result)>();
        foreach ((string dataset, string path, GeneratePart? part) in files)
        {
            GenerateOptions one = options with { Rows = null, Part = part };
            results.Add((path, await GenerateFile.WriteAsync(plan, dataset, path, one, progress, cancellationToken)));
        }

        return results;
    }

    private static IEnumerable<(string Dataset, string Path, GeneratePart? Part)> Files(GenerateDataset dataset, string folder, int parts)
    {
        string path = Path.Combine(folder, dataset.FileName);
        if (parts == 1 || dataset.SplitDays == 0)
        {
            return [(dataset.Name, path, null)];
        }

        string name = Path.Combine(folder, Path.GetFileNameWithoutExtension(path));
        return Enumerable.Range(0, parts).Select(part => (
            dataset.Name,
            string.Create(CultureInfo.InvariantCulture, $"{name}-{part + 1:0000}{Path.GetExtension(path)}"),
            (GeneratePart?)new GeneratePart(part, parts)));
    }
}
