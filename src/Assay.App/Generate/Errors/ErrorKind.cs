namespace Assay.App.Generate;

/// <summary>A way to make a row bad.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Weight">How often it is chosen, against the other kinds; not used for what comes afterwards.</param>
/// <param name="Probability">The chance that it is written once it is chosen.</param>
/// <param name="IsTwice">Whether the record is written as it was first, and then again with the changes.</param>
/// <param name="Changes">What is written instead, by the column's place.</param>
internal sealed record ErrorKind(
    string Name, double Weight, double Probability, bool IsTwice, (int Column, FieldWriter Writer)[] Changes);
