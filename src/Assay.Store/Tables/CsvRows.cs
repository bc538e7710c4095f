using System.Text;

namespace Assay.Store;

/// <summary>Reads back what Assay wrote as CSV: RFC 4180, UTF-8, lines ending in LF. For files of a size that people look through.</summary>
internal static class CsvRows
{
    /// <summary>Reads a file row by row, the header too.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The fields of each row, valid for good.</returns>
    /// <exception cref="StoreException">The file cannot be read, or ends within a quoted field.</exception>
    public static IEnumerable<string[]> Read(string path)
    {
        using StreamReader reader = Open(path);
        var fields = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        for (int next = Next(reader, path); next >= 0; next = Next(reader, path))
        {
            char c = (char)next;
            if (c == '"')
            {
                // A quote after a closing one is a quote within the field.
                bool isDoubled = isQuoted && reader.Peek() == '"';
                isQuoted = isDoubled || !isQuoted;
                if (isDoubled)
                {
                    field.Append((char)reader.Read());
                }
            }
            else if (!isQuoted && c is (',' or '\n'))
            {
                fields.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    yield return [.. fields];
                    fields.Clear();
                }
            }
            else
            {
                field.Append(c);
            }
        }

        if (isQuoted || field.Length > 0 || fields.Count > 0)
        {
            throw new StoreException(path, $"{path} breaks off in the middle of a row; something else than Assay has written to it");
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8);
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw new StoreException(path, $"cannot read {path}: {e.Message}", e);
        }
    }

    private static int Next(StreamReader reader, string path)
    {
        try
        {
            return reader.Read();
        }
        catch (IOException e)
        {
            throw new StoreException(path, $"cannot read {path}: {e.Message}", e);
        }
    }
}
