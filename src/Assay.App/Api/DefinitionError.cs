using System.Globalization;

namespace Assay;

/// <summary>One thing that is wrong with a pipeline's definition.</summary>
/// <param name="File">The file it is in, as people would name it from where they are; <c>--set</c> for an option's value; empty when it is about no file.</param>
/// <param name="Line">The line, from 1; 0 when it is about the file as a whole.</param>
/// <param name="Column">The column, in characters from 1; 0 when it is about the file as a whole.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do about it, as a clause of its own or as "did you mean …" and "for example …", or null.</param>
public sealed record DefinitionError(string File, int Line, int Column, string Message, string? Hint = null)
{
    /// <summary>The error as a compiler would print it.</summary>
    /// <returns>For example <c>pipelines/shop/pipeline.yaml:12:7: unknown key `colums`, did you mean `columns`?</c></returns>
    public override string ToString()
    {
        string place = Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: ")
            : File.Length > 0 ? $"{File}: "
            : "";
        if (Hint is null)
        {
            return place + Message;
        }

        bool goesOn = Hint.StartsWith("did you mean", StringComparison.Ordinal) || Hint.StartsWith("for example", StringComparison.Ordinal);
        return $"{place}{Message}{(goesOn ? ", " : "; ")}{Hint}";
    }
}
