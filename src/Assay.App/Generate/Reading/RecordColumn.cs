namespace Assay.App.Generate;

/// <summary>A column of the records as they are written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Writer">Writes it as a field.</param>
internal readonly record struct RecordColumn(string Name, FieldWriter Writer);
