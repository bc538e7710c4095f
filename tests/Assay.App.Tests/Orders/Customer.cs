using System.Text;

namespace Assay.App.Tests.Orders;

/// <summary>One record of a customers file. Nothing in it is checked.</summary>
internal sealed record Customer(string Id, string Name, string Mobile, string Region)
{
    /// <summary>A file of customers.</summary>
    public static string Csv(params Customer[] customers)
    {
        var text = new StringBuilder("customer_id,customer_name,mobile_number,region\n");
        foreach (Customer customer in customers)
        {
            text.Append(string.Join(',', customer.Id, customer.Name, customer.Mobile, customer.Region)).Append('\n');
        }

        return text.ToString();
    }
}
