namespace Assay.Data.Tests;

public sealed class FaultCodesTests
{
    [Fact]
    public void Name_WhenAnyCode_ThenTheStableName() => Assert.Equal(
        [
            "none", "short_row", "long_row", "bad_quote", "field_too_long", "record_too_long", "invalid_utf8", "repeated_field",
            "bad_json", "required", "not_a_number", "not_an_integer", "too_many_decimals", "out_of_range", "not_a_date", "not_a_boolean",
            "not_an_email", "not_a_phone", "no_match", "not_between", "not_accepted", "check_failed", "overflow", "conflicting", "parent_rejected", "rule_failed", "nul_character", "unknown_field",
        ],
        Enum.GetValues<FaultCode>().Select(code => code.Name()));
}
