namespace Assay.App.Generate;

/// <summary>A format of files: how values are escaped, and what stands around them.</summary>
internal abstract class RecordFormat
{
    /// <summary>What a file of the format is called after its point.</summary>
    public abstract string Extension { get; }

    /// <summary>Whether a value with this text must be escaped.</summary>
    public abstract bool IsSpecial(ReadOnlySpan<byte> text);

    /// <summary>What writes a value as a field of a record.</summary>
    public abstract FieldWriter Field(FieldWriter writer);

    /// <summary>What stands around the values.</summary>
    /// <param name="columns">The columns in the order they are written.</param>
    public abstract RecordLayout Layout(IReadOnlyList<string> columns);

    /// <summary>Why a text cannot stand in such a file, or null when it can.</summary>
    public virtual string? Objection(string text) => null;

    /// <summary>Why records cannot have these columns in this order, or null when they can.</summary>
    public virtual string? LayoutObjection(IReadOnlyList<string> columns) => null;
}
