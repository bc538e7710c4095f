namespace Assay.Store;

/// <summary>What is to be landed: a file, or a stream that comes once.</summary>
public sealed record BronzeInput
{
    private BronzeInput(string source, string origin, string? format) => (Source, Origin, Format) = (source, origin, format);

    /// <summary>The source it is of.</summary>
    public string Source { get; }

    /// <summary>Where it comes from, as it was given; its last part is the name it is kept under.</summary>
    public string Origin { get; }

    /// <summary>How it is to be read, such as <c>csv</c>.</summary>
    public string? Format { get; }

    /// <summary>The file; null for a stream.</summary>
    internal string? Path { get; private init; }

    /// <summary>The stream; null for a file.</summary>
    internal Stream? Content { get; private init; }

    /// <summary>A file.</summary>
    /// <param name="source">The source it is of.</param>
    /// <param name="path">The file.</param>
    /// <param name="format">How it is to be read.</param>
    /// <param name="origin">Where it comes from, when that is not the path.</param>
    /// <returns>The input.</returns>
    public static BronzeInput OfFile(string source, string path, string? format = null, string? origin = null) =>
        new(source, origin ?? path, format) { Path = path };

    /// <summary>A stream, such as standard input.</summary>
    /// <param name="source">The source it is of.</param>
    /// <param name="content">The bytes; the stream stays open.</param>
    /// <param name="origin">Where they come from; <c>-</c> for standard input.</param>
    /// <param name="format">How they are to be read.</param>
    /// <returns>The input.</returns>
    public static BronzeInput OfStream(string source, Stream content, string origin, string? format = null) =>
        new(source, origin, format) { Content = content };
}
