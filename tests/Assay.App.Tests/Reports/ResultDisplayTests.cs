using Assay.App.Reports;

namespace Assay.App.Tests.Reports;

public sealed class ResultDisplayTests
{
    [Theory]
    [InlineData("Laptop Pro 15", "Laptop Pro 15")]
    [InlineData("\u001b[31mred\u0007\0", "\uFFFD[31mred\uFFFD\uFFFD")]
    public void Harmless_WhenTheDataHasControlCharacters_ThenTheTerminalGetsNone(string text, string shown) =>
        Assert.Equal(shown, ResultDisplay.Harmless(text));
}
