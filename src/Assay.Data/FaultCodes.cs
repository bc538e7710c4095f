using System.Text;

namespace Assay.Data;

/// <summary>The stable names of fault codes.</summary>
public static class FaultCodes
{
    private static readonly string[] Names = [.. Enum.GetNames<FaultCode>().Select(SnakeCase)];

    /// <summary>The stable name of a code, as reports and quarantine files write it.</summary>
    /// <param name="code">The code.</param>
    /// <returns>For example <c>not_between</c>.</returns>
    public static string Name(this FaultCode code) => Names[(int)code];

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
