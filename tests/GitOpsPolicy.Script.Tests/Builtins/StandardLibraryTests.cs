using GitOpsPolicy.Script.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Builtins;

public sealed class StandardLibraryTests
{
    [Theory]
    [InlineData("Object")]
    [InlineData("Array")]
    [InlineData("String")]
    [InlineData("RegExp")]
    [InlineData("Map")]
    [InlineData("JSON")]
    [InlineData("Math")]
    [InlineData("parseInt")]
    [InlineData("isUnknown")]
    public void A_global_is_there_and_frozen(string name)
    {
        Assert.True(Intrinsics.Globals.TryGetValue(name, out var value));
        Assert.True(((ScriptObject)value.Reference!).IsFrozen);
    }

    [Fact]
    public void Elements_are_joined_with_what_is_between_them()
    {
        var array = Value.Of(new ScriptArray([Value.Of(1), Value.Null, Value.Of("x")]));
        var run = new ScriptRun(new ScriptBudget());
        var joined = run.Call(Objects.Get(run, array, "join"), array, Value.Of("-"));
        Assert.True(joined.TryGetText(out var text));
        Assert.Equal("1--x", text);
    }
}
