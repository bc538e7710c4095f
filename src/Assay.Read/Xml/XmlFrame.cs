namespace Assay.Read;

/// <summary>An open element.</summary>
internal struct XmlFrame
{
    /// <summary>The element.</summary>
    public XmlNode Node;

    /// <summary>The child that most likely comes next.</summary>
    public XmlNode? Expected;

    /// <summary>The child that came last.</summary>
    public XmlNode? Last;

    /// <summary>Where its content starts.</summary>
    public int Start;

    /// <summary>Whether a child came.</summary>
    public bool HasChild;

    /// <summary>Whether there is something else in it than characters that stand for themselves.</summary>
    public bool HasReference;

    /// <summary>Whether text came, other than white space; not known once a record was begun.</summary>
    public bool HasText;

    /// <summary>Whether it says that it has no value.</summary>
    public bool IsNil;
}
