using System.Globalization;
using System.Text;

namespace Assay.Browser.Tests;

/// <summary>Small inputs of the pipeline, whose results can be told by heart.</summary>
internal static class SalesFile
{
    public const string Header = "order_id,product_name,category,quantity,unit_price,discount_percent,region,sale_date,customer_email\n";

    /// <summary>Six rows: four are good, one has a quantity below one, one has a date that is none.</summary>
    public const string Small = Header
        + "A-1,Laptop Pro 15,Electronics,2,1000.00,0.1,North,2024-01-15,a@example.com\n"
        + "A-2,4K LED TV,Electronics,1,700.50,0,South,2024-02-01,b@example.com\n"
        + "A-3,Blender Pro,Home Appliance,3,100,0.5,North,2024-02-20,\n"
        + "A-4,Smartphone X,Electronics,1,250,0,East,2024-03-05,\n"
        + "A-5,Office Chair,Home Appliance,-1,200,0,West,2024-03-06,\n"
        + "A-6,Blender Pro,Home Appliance,4,100,0,West,the 5th,c@example.com\n";

    /// <summary>Names of products that would be markup if anybody took them for it.</summary>
    public const string Hostile = Header
        + "\"<img src=x onerror=alert(1)>\",\"<script>alert(2)</script>\",\"\"\"><b id=injected>x</b>\",2,900000,0.1,North,2024-01-15,\"<svg/onload=alert(3)>@example.com\"\n"
        + "B-2,\"O'Brien \"\"& Sons\"\" </td></table>\",Electronics,2,1000,0.1,\"<i id=injected>r</i>\",2024-01-15,\n"
        + "B-3,x,Electronics,\"<script>alert(4)</script>\",1000,0.1,\"'\"\" onmouseover=alert(5)\",2024-01-15,\n";

    /// <summary>A file's fields, row by row; no field holds a line end.</summary>
    public static string[][] Fields(string csv) =>
        [.. csv.TrimStart('\uFEFF').Split(["\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries).Select(Split)];

    /// <summary>Fields as a file.</summary>
    public static string Csv(IEnumerable<IEnumerable<string>> rows) =>
        string.Concat(rows.Select(row => string.Join(',', row.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\n"));

    /// <summary>A name as pages write it: a month such as 2024-02 as "Feb 2024", others as they are.</summary>
    public static string Written(string name) =>
        DateTime.TryParseExact(name, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime month)
            ? month.ToString("MMM yyyy", CultureInfo.InvariantCulture)
            : name;

    /// <summary>A number as files have it.</summary>
    public static decimal Number(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    private static string[] Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append(line[++i]);
            }
            else if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (line[i] == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add(field.ToString());
        return [.. fields];
    }
}
