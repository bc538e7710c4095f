using System.Runtime.InteropServices;

namespace Assay.App.Generate;

/// <summary>One stream of draws of the plan: one draw per row, or one per value of an entity.</summary>
/// <param name="Index">The stream's place among the plan's keys.</param>
/// <param name="EntitySlot">The slot whose value stands for the row number, or -1.</param>
internal readonly record struct DrawStream(int Index, int EntitySlot)
{
    /// <summary>Draws for the block's rows.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="destination">Gets 64 uniform bits per row.</param>
    public void Fill(RowBlock block, Span<long> destination)
    {
        Span<ulong> draws = MemoryMarshal.Cast<long, ulong>(destination);
        ulong key = block.Settings.Keys[Index];
        if (EntitySlot < 0)
        {
            long first = block.FirstRow;
            for (int i = 0; i < draws.Length; i++)
            {
                draws[i] = RandomStream.Draw(key, first + i);
            }

            return;
        }

        ReadOnlySpan<long> entity = block.Slot(EntitySlot)[..draws.Length];
        for (int i = 0; i < draws.Length; i++)
        {
            draws[i] = RandomStream.Draw(key, entity[i]);
        }
    }
}
