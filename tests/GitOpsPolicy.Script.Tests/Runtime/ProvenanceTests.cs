using Xunit;

namespace GitOpsPolicy.Script.Tests.Runtime;

public sealed class ProvenanceTests
{
    [Theory]
    [InlineData("doc.image", "/image")]
    [InlineData("doc['image']", "/image")]
    [InlineData("doc.labels", "/labels")]
    [InlineData("doc.tags[1]", "/tags/1")]
    [InlineData("doc.name + ':' + doc.image", "/name")]
    [InlineData("'image ' + doc.image", "/image")]
    [InlineData("`${1} ${doc.image} of ${doc.name}`", "/image")]
    [InlineData("doc.replicas + 1", "/replicas")]
    [InlineData("2 * doc.replicas", "/replicas")]
    [InlineData("-doc.replicas", "/replicas")]
    [InlineData("doc.replicas > 2", "/replicas")]
    [InlineData("doc.image === 'x'", "/image")]
    [InlineData("doc.image.length", "/image")]
    [InlineData("doc.image[0]", "/image")]
    [InlineData("doc.image.split(':')[1]", "/image")]
    [InlineData("doc.image.slice(3).toUpperCase().trim()", "/image")]
    [InlineData("doc.image.replace('web', 'x')", "/image")]
    [InlineData("(() => doc.image)()", "/image")]
    [InlineData("(({ image }) => image)(doc)", "/image")]
    [InlineData("(([first]) => first)(doc.tags)", "/tags/0")]
    [InlineData("[...doc.tags, 'z'][1]", "/tags/1")]
    [InlineData("({ ...doc.labels }).tier", "/labels/tier")]
    [InlineData("doc.name ? doc.image : ''", "/image")]
    [InlineData("null ?? doc.image", "/image")]
    [InlineData("doc.missing || doc.image", "/image")]
    [InlineData("doc.tags.map(t => t + '!')[1]", "/tags/1")]
    [InlineData("doc.tags.find(t => t === 'b')", "/tags/1")]
    [InlineData("doc.tags.filter(t => t === 'b')[0]", "/tags/1")]
    [InlineData("Object.keys(doc.labels)[1]", "/labels/tier")]
    [InlineData("Object.entries(doc.labels)[0][1]", "/labels/app")]
    [InlineData("Object.values(doc.labels)[0]", "/labels/app")]
    [InlineData("new Map([['k', doc.image]]).get('k')", "/image")]
    [InlineData("[...new Set(doc.tags)][1]", "/tags/1")]
    [InlineData("/web:(.*)/.exec(doc.image)[1]", "/image")]
    [InlineData("doc.tags.join('-')", "/tags/0")]
    [InlineData("Number(doc.replicas)", "/replicas")]
    [InlineData("String(doc.replicas)", "/replicas")]
    public void A_value_remembers_where_it_was_read(string expression, string pointer)
    {
        Assert.Equal(pointer, Documents.Evaluate(expression).Origin?.Pointer);
    }

    [Theory]
    [InlineData("'a' + 'b'")]
    [InlineData("[1, 2]")]
    [InlineData("({ a: doc.image })")]
    [InlineData("() => doc.image")]
    public void A_value_of_the_rules_own_comes_from_nowhere(string expression)
    {
        Assert.Null(Documents.Evaluate(expression).Origin);
    }
}
