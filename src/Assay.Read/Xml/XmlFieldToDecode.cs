namespace Assay.Read;

/// <summary>A field whose text is not simply what stands in the file.</summary>
/// <param name="Place">Its place in <see cref="XmlBlock.Fields"/>.</param>
/// <param name="Raw">What stood there when it was noted: if something else does by now, the field was replaced.</param>
/// <param name="IsAttribute">Whether it is an attribute's value rather than an element's content.</param>
internal readonly record struct XmlFieldToDecode(int Place, long Raw, bool IsAttribute);
