using Spectre.Console;
using Spectre.Console.Rendering;

namespace Assay.App.Reports;

/// <summary>A column of a progress bar that is empty while nobody knows how much there is: it would say 100 % and no time left.</summary>
/// <param name="column">The column.</param>
internal sealed class KnownShareColumn(ProgressColumn column) : ProgressColumn
{
    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        task.IsIndeterminate ? Text.Empty : column.Render(options, task, deltaTime);
}
