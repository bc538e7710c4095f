namespace Assay.Read;

/// <summary>A file that could be read up to a fault only, such as a malformed document.</summary>
/// <param name="File">Its place among the source's files, from 0.</param>
/// <param name="Line">The line of the fault, from 1.</param>
/// <param name="Column">The column of the fault, in characters from 1.</param>
/// <param name="Offset">The byte of the fault in the uncompressed file, from 0.</param>
/// <param name="Reason">What is wrong, in words, for example <c>the end tag `b` closes `a`</c>.</param>
public sealed record IncompleteFile(int File, long Line, long Column, long Offset, string Reason);
