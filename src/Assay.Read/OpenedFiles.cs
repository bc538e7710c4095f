namespace Assay.Read;

/// <summary>Opens all files of a source, or none.</summary>
internal static class OpenedFiles
{
    /// <summary>Opens files in their order; when one cannot be opened, those before it are closed again.</summary>
    /// <param name="files">The files; one at least.</param>
    /// <param name="open">Opens the file at a place.</param>
    /// <returns>The open files.</returns>
    /// <exception cref="ArgumentException">There are no files.</exception>
    public static T[] All<T>(IReadOnlyList<string> files, Func<int, T> open)
        where T : IDisposable
    {
        if (files.Count == 0)
        {
            throw new ArgumentException("There are no files to read.", nameof(files));
        }

        var opened = new List<T>(files.Count);
        try
        {
            for (int i = 0; i < files.Count; i++)
            {
                opened.Add(open(i));
            }
        }
        catch
        {
            opened.ForEach(file => file.Dispose());
            throw;
        }

        return [.. opened];
    }
}
