using System.Text.Json;

namespace Assay.Store;

/// <summary>Writes books as JSON: the same members in the same order wherever they are told.</summary>
public static class BooksJson
{
    /// <summary>Writes the members of an object that is begun.</summary>
    /// <param name="writer">Takes them.</param>
    /// <param name="books">The books.</param>
    public static void WriteBooks(this Utf8JsonWriter writer, RunBooks books)
    {
        writer.WriteNumber("read", books.Read);
        writer.WriteNumber("accepted", books.Accepted);
        writer.WriteNumber("quarantined", books.Quarantined);
        writer.WriteNumber("deduplicated", books.Deduplicated);
        writer.WriteNumber("filtered", books.Filtered);
    }
}
