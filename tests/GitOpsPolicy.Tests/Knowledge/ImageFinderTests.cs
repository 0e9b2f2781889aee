using GitOpsPolicy.Changes;
using GitOpsPolicy.Knowledge.Images;
using Xunit;

namespace GitOpsPolicy.Tests.Knowledge;

public sealed class ImageFinderTests
{
    public static TheoryData<string, string> Objects => CaseFile.Read("images.cases");

    [Theory]
    [MemberData(nameof(Objects))]
    public void Images_are_found_wherever_a_resource_keeps_them(string written, string expected)
    {
        var at = written.IndexOf(" | ", StringComparison.Ordinal);
        var (head, body) = (written[..at].Split(' '), written[(at + 3)..]);
        var isKubernetes = head.Length == 2;
        var root = Made.Object(isKubernetes ? $"apiVersion: {head[0]}\nkind: {head[1]}\n{body}\n" : body);

        var found = ImageFinder.Find(root, IdOf(head));
        Assert.Equal(expected, found.Count == 0 ? "none" : string.Join(' ', found.Select(image => image.Raw)));
    }

    // A word in lower case is a type of Terraform, one with a capital a kind of file.
    private static ResourceId? IdOf(string[] head) => head switch
    {
        [var type] when char.IsLower(type[0]) => new TerraformId($"{type}.a", type, "a", "p"),
        [var kind] => new FileId(kind, "a.yaml"),
        _ => null,
    };

    [Fact]
    public void Each_image_points_to_the_value_that_names_it()
    {
        var root = Made.Object("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: web\n    image: nginx:1.27\n");

        var image = Assert.Single(ImageFinder.Find(root));
        Assert.Equal((6, "/spec/containers/0/image", "web"), (image.Node.Location.Line, image.Path, image.Container));
    }
}
