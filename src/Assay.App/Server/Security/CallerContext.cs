using Assay.Store;
using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>Who sent a request.</summary>
internal static class CallerContext
{
    private static readonly object Slot = new();

    /// <summary>The holder of the request's key; null where no key is needed or none was given.</summary>
    public static ApiKeyEntry? Caller(this HttpContext context) => context.Items.TryGetValue(Slot, out object? found) ? (ApiKeyEntry?)found : null;

    /// <summary>Notes who sent it.</summary>
    public static void SetCaller(this HttpContext context, ApiKeyEntry caller) => context.Items[Slot] = caller;

    /// <summary>What the caller may do; everything where no key is needed.</summary>
    public static bool May(this HttpContext context, ApiRole role, bool needsKeys) => !needsKeys || context.Caller()?.Role >= role;
}
