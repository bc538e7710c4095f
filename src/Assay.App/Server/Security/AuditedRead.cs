using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>Marks requests that change nothing, and are written down all the same: they show personal data.</summary>
internal static class AuditedRead
{
    private static readonly object Slot = new();

    public static bool Is(HttpContext context) => context.Items.ContainsKey(Slot);

    public static void Mark(HttpContext context) => context.Items[Slot] = Slot;
}
