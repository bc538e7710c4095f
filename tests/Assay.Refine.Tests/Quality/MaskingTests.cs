using Assay.Refine.Quality;

namespace Assay.Refine.Tests.Quality;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "*")]
    [InlineData("abcd", "****")]
    [InlineData("abcde", "ab*de")]
    [InlineData("9876543210", "98******10")]
    [InlineData("jo@example.org", "jo**********rg")]
    [InlineData("😀😀😀😀", "****")]
    [InlineData("😀é漢字😀x", "😀é**😀x")]
    public void Mask_WhenATextIsLongerThanFour_ThenTwoCharactersStayAtEachEnd(string text, string masked) => Assert.Equal(masked, Masking.Mask(text));
}
