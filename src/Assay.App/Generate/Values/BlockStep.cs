namespace Assay.App.Generate;

/// <summary>One step of the plan: fills its slot for all rows of a block.</summary>
internal abstract class BlockStep
{
    /// <summary>The slot that the step fills.</summary>
    public required int Slot { get; init; }

    /// <summary>Fills the slot. All slots the step reads are filled already.</summary>
    public abstract void Evaluate(RowBlock block);
}
