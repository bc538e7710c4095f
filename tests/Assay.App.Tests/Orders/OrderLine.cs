using System.Security;
using System.Text;

namespace Assay.App.Tests.Orders;

/// <summary>One record of an orders document: a line that repeats its order's fields. Nothing in it is checked.</summary>
internal sealed record OrderLine(string Order, string Mobile, string Date, string Total, string Sku = "SKU-1", string Count = "1")
{
    /// <summary>A document of lines.</summary>
    public static string Xml(params OrderLine[] lines)
    {
        var text = new StringBuilder("<?xml version='1.0' encoding='utf-8'?>\n<orders>\n");
        foreach (OrderLine line in lines)
        {
            text.Append(line.Element());
        }

        return text.Append("</orders>\n").ToString();
    }

    /// <summary>The record's element.</summary>
    public string Element() =>
        $"  <order>\n    <order_id>{Text(Order)}</order_id>\n    <mobile_number>{Text(Mobile)}</mobile_number>\n"
        + $"    <order_date_time>{Text(Date)}</order_date_time>\n    <sku_id>{Text(Sku)}</sku_id>\n"
        + $"    <sku_count>{Text(Count)}</sku_count>\n    <total_amount>{Text(Total)}</total_amount>\n  </order>\n";

    private static string Text(string value) => SecurityElement.Escape(value);
}
