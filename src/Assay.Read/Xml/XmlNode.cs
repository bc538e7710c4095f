namespace Assay.Read;

/// <summary>
/// An element that was met under certain other ones: what its tags look like, what its text is for, and what
/// followed it last time, which is what will follow it most likely.
/// </summary>
internal sealed class XmlNode
{
    /// <summary>Tags up to this length are compared as a whole; the zeros behind a window reach further.</summary>
    public const int MostCompared = 100;

    /// <summary>What never stands where a tag or an attribute starts.</summary>
    public static readonly byte[] Never = [0];

    /// <summary>Makes a node.</summary>
    /// <param name="name">The name as it is written, prefix included.</param>
    /// <param name="colon">Where its colon stands, -1 without one.</param>
    public XmlNode(byte[] name, int colon)
    {
        Name = name;
        Prefix = colon < 0 ? null : name[..colon];
        Open = name.Length > MostCompared ? Never : [(byte)'<', .. name, (byte)'>'];
        Close = name.Length > MostCompared ? Never : [(byte)'<', (byte)'/', .. name, (byte)'>'];
    }

    /// <summary>The name as it is written.</summary>
    public byte[] Name { get; }

    /// <summary>What stands before its colon; null without one.</summary>
    public byte[]? Prefix { get; }

    /// <summary>The start tag in its simplest form, or what never matches.</summary>
    public byte[] Open { get; }

    /// <summary>The end tag in its simplest form, or what never matches.</summary>
    public byte[] Close { get; }

    /// <summary>What its text is called as a column: empty for a record; null when it is in no record.</summary>
    public string? Path { get; init; }

    /// <summary>The column that its text is for, -1 without one.</summary>
    public int Column { get; init; } = -1;

    /// <summary>Whether it is a record.</summary>
    public bool IsRecord { get; init; }

    /// <summary>Whether it is a record or in one.</summary>
    public bool IsInRecord { get; init; }

    /// <summary>Whether it is among the columns, asked for or not.</summary>
    public bool IsReported { get; set; }

    /// <summary>The state of the namespaces in which its prefix was last found.</summary>
    public long KnownIn { get; set; } = -1;

    /// <summary>The child that came first last time.</summary>
    public XmlNode? First { get; set; }

    /// <summary>The sibling that came after it last time.</summary>
    public XmlNode? Next { get; set; }

    /// <summary>The elements met in it.</summary>
    public List<XmlNode> Children { get; } = [];

    /// <summary>The attributes met in its tags.</summary>
    public List<XmlAttributeName> Attributes { get; } = [];
}
