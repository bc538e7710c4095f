namespace Assay.App.Generate;

/// <summary>Where a dataset stands in the file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">Which of the datasets it is, from 0.</param>
/// <param name="Prefix">What the names of its streams begin with.</param>
internal readonly record struct DatasetPlace(string Name, int Index, string Prefix);
