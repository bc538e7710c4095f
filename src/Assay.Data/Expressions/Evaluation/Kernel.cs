using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>How the loops over a batch's rows are compiled.</summary>
internal static class Kernel
{
    /// <summary>Straight to optimised code: a whole run is often shorter than the time in which the runtime would find out
    /// that these loops are hot, and their vector code is very slow before.</summary>
    public const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;
}
