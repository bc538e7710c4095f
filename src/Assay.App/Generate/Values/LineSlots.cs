namespace Assay.App.Generate;

/// <summary>The slots that every block of lines has first.</summary>
internal static class LineSlots
{
    /// <summary>Where the line's row stands in the block of rows.</summary>
    public const int Row = 0;

    /// <summary>The number of the line's row, from 0.</summary>
    public const int RowNumber = 1;

    /// <summary>The number of the line within its row, from 0.</summary>
    public const int Line = 2;

    /// <summary>What stands for the row number in the draws of a line: another one for every line of every row.</summary>
    public const int Id = 3;

    /// <summary>How many there are.</summary>
    public const int Count = 4;

    /// <summary>The most lines that a row can have. Part of <see cref="Id"/>, so it is a constant: with more or
    /// fewer lines allowed, those there were keep their values.</summary>
    public const int MostLines = 1024;
}
