using System.Globalization;
using System.Text;

namespace Assay.App.Tests.Server;

/// <summary>Files of any number of good rows, by which an output can be told from those of other files.</summary>
internal static class CsvRows
{
    /// <summary>A file: its rows lie in as many months, up to 12, as there are rows.</summary>
    public static string Of(int rows)
    {
        var text = new StringBuilder(ServerUnderTest.Header);
        for (int i = 0; i < rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"ORD-{i},Office Chair,Home Appliance,{i % 9 + 1},{100 + i},0,West,2024-{i % 12 + 1:00}-01,a{i}@example.com\n");
        }

        return text.ToString();
    }
}
