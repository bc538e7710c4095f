namespace Assay.Read;

/// <summary>An attribute that an element can have, and what its value is for.</summary>
/// <param name="name">The name as it is written, prefix included.</param>
/// <param name="colon">Where its colon stands, -1 without one.</param>
/// <param name="path">What it is called as a column, <c>@id</c>; null when it is of no record.</param>
internal sealed class XmlAttributeName(byte[] name, int colon, string? path)
{
    /// <summary>The name as it is written.</summary>
    public byte[] Name { get; } = name;

    /// <summary>How the attribute most often starts: the name, <c>=</c> and a quote; or what never matches.</summary>
    public byte[] Open { get; } = name.Length > XmlNode.MostCompared ? XmlNode.Never : [.. name, (byte)'=', (byte)'"'];

    /// <summary>What stands before the colon; null without one.</summary>
    public byte[]? Prefix { get; } = colon < 0 ? null : name[..colon];

    /// <summary>What stands after the colon, or all of the name.</summary>
    public byte[] Local { get; } = name[(colon + 1)..];

    /// <summary>Equal for equal local names.</summary>
    public int Hash { get; } = HashOf(name.AsSpan(colon + 1));

    /// <summary>What it is called as a column.</summary>
    public string? Path { get; } = path;

    /// <summary>The column that asks for the attribute, -1 without one.</summary>
    public int Column { get; init; } = -1;

    /// <summary>The column that takes the attribute when there is no child of the name, -1 without one.</summary>
    public int PlainColumn { get; init; } = -1;

    /// <summary>Whether it declares a namespace.</summary>
    public bool IsDeclaration { get; } = name.AsSpan().SequenceEqual("xmlns"u8) || name.AsSpan().StartsWith("xmlns:"u8);

    /// <summary>Whether it is <c>xsi:nil</c>, whatever the prefix is.</summary>
    public bool IsNil { get; } = colon > 0 && name.AsSpan(colon + 1).SequenceEqual("nil"u8);

    /// <summary>Whether it is among the columns, asked for or not.</summary>
    public bool IsReported { get; set; }

    private static int HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
