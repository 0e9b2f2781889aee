using GitOpsPolicy.Changes;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Promotion;

/// <summary>Which lines of a <c>CODEOWNERS</c> fit which paths; the examples follow GitHub's page “About code owners”.</summary>
public sealed class CodeOwnersTests
{
    [Theory]
    [InlineData("* @a", "x/y.yaml", "@a")]
    [InlineData("*.js @a", "deep/down/x.js", "@a")]
    [InlineData("*.js @a", "x.jsx", "")]
    [InlineData("/build/logs/ @a", "build/logs/deep/x.log", "@a")]
    [InlineData("/build/logs/ @a", "old/build/logs/x.log", "")]
    [InlineData("docs/* @a", "docs/x.md", "@a")]
    [InlineData("docs/* @a", "docs/build/x.md", "")]
    [InlineData("apps/ @a", "deep/apps/x.yaml", "@a")]
    [InlineData("/apps @a", "apps/x.yaml", "@a")]
    [InlineData("**/logs @a", "build/logs/x.log", "@a")]
    [InlineData("* @a\n/apps/ @b @c", "apps/x.yaml", "@b @c")]
    [InlineData("* @a\n/apps/github", "apps/github/x.yaml", "")]
    [InlineData("# * @a\n* @b # the rest", "x", "@b")]
    [InlineData("[Section][2] @d\n* @b", "x", "@b")]
    [InlineData("* @a\r\n/apps/ b@example.com\r\n", "apps/x", "b@example.com")]
    [InlineData("", "x", "")]
    public void The_last_line_that_fits_says_who(string text, string path, string owners) =>
        Assert.Equal(owners, string.Join(' ', CodeOwners.Read(text).OwnersOf(path)));
}
