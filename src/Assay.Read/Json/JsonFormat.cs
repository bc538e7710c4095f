namespace Assay.Read;

/// <summary>How the records of a JSON file follow one another.</summary>
public enum JsonFormat
{
    /// <summary>The file is one document: a list of objects, or an object with such a list somewhere in it.</summary>
    Document,

    /// <summary>One object a line, also known as NDJSON.</summary>
    Lines,
}
