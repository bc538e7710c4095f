using System.Globalization;
using System.Text;

namespace Assay.App.Tests.EndToEnd;

/// <summary>A row of a quarantine file, read by a plain CSV parser of its own.</summary>
internal sealed record QuarantinedRow(string File, long Row, long Offset, string Column, string Code, string Value, string Expected, string Also, string Record)
{
    public const string Header = "file,row,offset,column,code,value,expected,also,record";

    public static IReadOnlyList<QuarantinedRow> Read(byte[] bytes)
    {
        List<List<string>> records = Parse(Encoding.UTF8.GetString(bytes));
        Assert.Equal(Header, string.Join(',', records[0]));
        return [.. records.Skip(1).Select(fields =>
        {
            Assert.Equal(9, fields.Count);
            return new QuarantinedRow(fields[0], Number(fields[1]), Number(fields[2]), fields[3], fields[4], fields[5], fields[6], fields[7], fields[8]);
        })];
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static List<List<string>> Parse(string text)
    {
        var records = new List<List<string>>();
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append(text[i++]);
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is (',' or '\n'))
            {
                fields.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    records.Add(fields);
                    fields = [];
                }
            }
            else
            {
                field.Append(c);
            }
        }

        Assert.False(quoted);
        Assert.Empty(fields);
        return records;
    }
}
