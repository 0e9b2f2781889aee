using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Live;

/// <summary>
/// What a pass of the reconcile engine puts before the rules, by what Git says, what was applied and what lives.
/// </summary>
public sealed class PassInputTests
{
    private const string Uid = "11111111";
    private static readonly KubernetesId Id = new("", "v1", "ConfigMap", "shop", "settings");

    [Fact]
    public void What_Git_has_and_nothing_lives_is_made() =>
        Assert.Equal(["write create"], Read(new(Id) { Desired = Git("color: red") }));

    [Fact]
    public void What_was_applied_and_is_gone_is_drift_and_made_again() =>
        Assert.Equal(["drift missing", "write create"], Read(new(Id) { Desired = Git("color: red"), AppliedUid = Uid }));

    [Fact]
    public void What_lives_as_Git_says_is_left_alone() =>
        Assert.Empty(Read(new(Id) { Desired = Git("color: red"), AppliedUid = Uid, Live = Lives("color: red") }));

    [Fact]
    public void What_lives_otherwise_has_drifted_and_would_be_written() =>
        Assert.Equal(
            ["drift modified", "write update"],
            Read(new(Id) { Desired = Git("color: red"), AppliedUid = Uid, Live = Lives("color: blue") }));

    [Fact]
    public void What_Git_changed_is_written_and_no_drift() =>
        Assert.Equal(
            ["write update"],
            Read(new(Id)
            {
                Desired = Git("color: red"),
                Previous = Git("color: blue"),
                IsChangedInGit = true,
                AppliedUid = Uid,
                Live = Lives("color: blue"),
            }));

    [Fact]
    public void What_Git_changed_and_somebody_else_changed_otherwise_is_both() =>
        Assert.Equal(
            ["drift modified", "write update"],
            Read(new(Id)
            {
                Desired = Git("color: red"),
                Previous = Git("color: blue"),
                IsChangedInGit = true,
                AppliedUid = Uid,
                Live = Lives("color: green"),
            }));

    [Fact]
    public void A_field_that_left_Git_is_written_though_nothing_else_differs() =>
        Assert.Equal(
            ["write update"],
            Read(new(Id) { Desired = Git("color: red"), IsChangedInGit = true, AppliedUid = Uid, Live = Lives("color: red") }));

    [Fact]
    public void What_left_Git_is_pruned() =>
        Assert.Equal(["prune delete"], Read(new(Id) { AppliedUid = Uid, Live = Lives("color: red") }));

    [Fact]
    public void Another_object_of_the_name_is_not_pruned() =>
        Assert.Empty(Read(new(Id) { AppliedUid = "22222222", Live = Lives("color: red") }));

    [Fact]
    public void What_another_owns_is_not_pruned() =>
        Assert.Empty(Read(new(Id) { AppliedUid = Uid, Live = Lives("color: red"), OtherOwner = "Flux" }));

    [Fact]
    public void Another_object_of_the_name_is_told() =>
        Assert.Equal(
            ["drift identity", "write update"],
            Read(new(Id) { Desired = Git("color: red"), AppliedUid = "22222222", Live = Lives("color: red") }));

    [Fact]
    public void What_another_owns_is_a_conflict_and_not_written() =>
        Assert.Equal(
            ["drift conflict"], Read(new(Id) { Desired = Git("color: red"), Live = Lives("color: blue"), OtherOwner = "Flux" }));

    [Fact]
    public void What_was_never_applied_is_adopted() =>
        Assert.Equal(["write update"], Read(new(Id) { Desired = Git("color: red"), Live = Lives("color: blue") }));

    [Fact]
    public void What_cannot_be_read_is_neither_written_nor_pruned() =>
        Assert.Equal(
            ["drift unknown"], Read(new(Id) { Desired = Git("color: red"), AppliedUid = Uid, Unreadable = "forbidden" }));

    private static string[] Read(PassObject one)
    {
        var changes = PassInput.ReadChanges([one], [], new([]), null);
        var found = Assert.Single(changes.Objects);
        return
        [
            .. found.Drift is { } drift ? [$"drift {changes.Set.Changes[drift].Drift!.Kind}".ToLowerInvariant()] : (string[])[],
            .. found.Write is { } write ? [$"write {changes.Set.Changes[write].Operation}".ToLowerInvariant()] : (string[])[],
            .. found.Prune is { } prune ? [$"prune {changes.Set.Changes[prune].Operation}".ToLowerInvariant()] : (string[])[],
        ];
    }

    private static Manifest Git(string data) => new(Id, Parse(data, ""), "settings.yaml");

    private static MappingNode Lives(string data) => Parse(data, $"uid: '{Uid}'");

    private static MappingNode Parse(string data, string more)
    {
        var text =
            $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\n  {more}\ndata:\n  {data}\n";
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        Assert.True(YamlReader.Read(new TextFile("settings.yaml", bytes), bytes, ReaderLimits.Default).TryGet(out var stream));
        return (MappingNode)stream.Documents[0].Root;
    }
}
