using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Tests.Policies;
using Xunit;

namespace GitOpsPolicy.Tests.Evaluation;

public sealed class AcknowledgementTests
{
    private static readonly Change Data = Repository.Deletion("PersistentVolumeClaim", "data");
    private static readonly Change Web = Repository.Deletion("Deployment", "web");
    private static readonly ChangeSet Both = new() { Changes = [Data, Web] };

    private static Repository With(string deletions, string digest, string more = "") => new Repository()
        .WithRule("any", "require: { kind: { exists: true } }")
        .WithDocument(
            "acknowledgements/a.yaml", "Acknowledgement", "a",
            $"deletions: {deletions}\ndigest: {digest}\nowner: team\napprover: lead\nreason: moved\n{more}");

    private static string? Flaw(Repository repository, ChangeSet changes) =>
        repository.Judge(changes).Findings.SingleOrDefault(f => f.Rule == "acknowledgement")?.Message;

    [Fact]
    public void An_acknowledgement_holds_for_exactly_what_it_names()
    {
        var repository = With("['PersistentVolumeClaim prod/data']", DeletionSet.Digest([Data]));
        Assert.Null(Flaw(repository, Both));
        Assert.Equal([0], Acknowledgements.Match(repository.Load(), Both, Repository.Options.Today).Changes);
    }

    [Fact]
    public void Canonical_ids_and_any_order_do_as_well() =>
        Assert.Null(Flaw(
            With("['k8s:apps/Deployment/prod/web', 'k8s:/PersistentVolumeClaim/prod/data']", DeletionSet.Digest([Data, Web])),
            Both));

    [Fact]
    public void A_deletion_that_became_a_replacement_needs_a_new_one()
    {
        var repository = With("['PersistentVolumeClaim prod/data']", DeletionSet.Digest([Data]));
        var replaced = Both with { Changes = [Data with { Operation = Operation.Replace }, Web] };
        Assert.StartsWith(
            "the acknowledgement `a` does not hold: it is for other deletions: what it names has the digest sha256:",
            Flaw(repository, replaced), StringComparison.Ordinal);
        Assert.Empty(Acknowledgements.Match(repository.Load(), replaced, Repository.Options.Today).Changes);
    }

    [Theory]
    [InlineData("['PersistentVolumeClaim prod/data', 'Job prod/x']", "", "it names `Job prod/x`, which is not deleted here")]
    [InlineData("['PersistentVolumeClaim prod/data']", "expires: 2026-01-14", "it expired on 2026-01-14")]
    public void One_that_does_not_hold_is_told(string deletions, string more, string flaw) =>
        Assert.Equal(
            $"the acknowledgement `a` does not hold: {flaw}", Flaw(With(deletions, DeletionSet.Digest([Data]), more), Both));

    [Fact]
    public void Nobody_acknowledges_alone() =>
        Assert.Equal(
            "the acknowledgement `a` does not hold: it is approved by its own owner",
            Flaw(new Repository().WithRule("any", "require: { kind: { exists: true } }").WithDocument(
                "acknowledgements/a.yaml", "Acknowledgement", "a",
                $"deletions: ['Deployment prod/web']\ndigest: {DeletionSet.Digest([Web])}\nowner: team\napprover: team\nreason: moved"), Both));

    [Fact]
    public void An_update_is_no_deletion() => Assert.Equal(
        "the acknowledgement `a` does not hold: it names `Deployment prod/web`, which is not deleted here",
        Flaw(
            With("['Deployment prod/web']", DeletionSet.Digest([Web])),
            Both with { Changes = [Web with { Operation = Operation.Update }] }));

    [Fact]
    public void A_written_acknowledgement_holds_as_it_is()
    {
        var text = DeletionSet.WriteAcknowledgement("mine", Both.Changes, new("team", "lead: the \"boss\"", "moved\nelsewhere"));
        var repository = new Repository().WithRule("any", "require: { kind: { exists: true } }")
            .With("acknowledgements/mine.yaml", text);
        Assert.Null(Flaw(repository, Both));
        Assert.Equal(2, Acknowledgements.Match(repository.Load(), Both, Repository.Options.Today).Changes.Count);
        Assert.Equal("moved\nelsewhere", repository.Load().Acknowledgements[0].Reason);
    }

    [Fact]
    public void It_holds_for_what_went_down_with_the_deletion_when_it_was_written()
    {
        var (space, inside) = (Deleted("v1", "Namespace", "", "prod"), Kept("v1", "ConfigMap", "prod", "settings"));
        var one = new ChangeSet { Changes = [space, inside] };
        var two = new ChangeSet { Changes = [space, inside, Kept("v1", "ConfigMap", "prod", "more")] };
        var text = DeletionSet.WriteAcknowledgement("prod", [space], new("team", "lead", "moved") { Among = one });

        Assert.Contains(
            "  # 1 more goes down with it:\n  #   \"ConfigMap prod/settings\"\n  takes: sha256:", text, StringComparison.Ordinal);
        var repository = new Repository().WithRule("any", "require: { kind: { exists: true } }")
            .With("acknowledgements/prod.yaml", text);
        Assert.Null(Flaw(repository, one));
        Assert.Contains(
            "was written when other resources went down with what it names: now they have the digest sha256:",
            Flaw(repository, two), StringComparison.Ordinal);
        Assert.Contains("now none do", Flaw(repository, new ChangeSet { Changes = [space] }), StringComparison.Ordinal);
        Assert.Null(Flaw(repository, new ChangeSet { Changes = [space with { Origin = ChangeOrigin.Review }] }));
    }

    private static Change Deleted(string version, string kind, string place, string name) =>
        Kept(version, kind, place, name) with { Operation = Operation.Delete };

    private static Change Kept(string version, string kind, string place, string name) => new()
    {
        Resource = new KubernetesId("", version, kind, place, name),
        Operation = Operation.None,
        Origin = ChangeOrigin.Diff,
        Before = ScalarNode.String(name),
    };

    [Fact]
    public void In_a_pass_one_holds_for_the_whole_set_whatever_its_kinds()
    {
        var set = new ChangeSet { Changes = [Repository.Deletion("Namespace", "shop") with { Surface = Surface.Reconcile }] };
        var repository = With("['Namespace prod/shop']", DeletionSet.Digest(set.Changes));
        Assert.Equal([0], Acknowledgements.Match(repository.Load(), set, Repository.Options.Today).Changes);
        Assert.Null(Flaw(repository, set));
    }

    [Theory]
    [InlineData("staging", null)]
    [InlineData("production", "is for `staging`, and this is `production`")]
    [InlineData(null, "is for `staging`, and this is no environment by name")]
    public void In_a_pass_one_for_another_environment_does_not_hold(string? environment, string? flaw)
    {
        var set = new ChangeSet { Changes = [Data with { Surface = Surface.Reconcile, Environment = environment }] };
        var repository = With(
            "['k8s:/PersistentVolumeClaim/prod/data']", DeletionSet.Digest(set.Changes),
            "environments: [staging]\ncreatedBefore: 2026-01-15T00:00:00Z");
        Assert.Equal(
            flaw is null ? [0] : [], Acknowledgements.Match(repository.Load(), set, Repository.Options.Today).Changes);
        Assert.Equal(flaw is null ? null : $"the acknowledgement `a` does not hold: it {flaw}", Flaw(repository, set));
    }

    [Theory]
    [InlineData("", "`choice` is missing")]
    [InlineData(", choice: accept", "unknown `choice` value `accept`")]
    public void Of_a_decision_about_drift_it_is_told_what_is_wrong_with_its_choice(string choice, string problem)
    {
        var repository = new Repository().WithRule("any", "require: { kind: { exists: true } }").WithDocument(
            "acknowledgements/a.yaml", "Acknowledgement", "a",
            $"approves: [{{ subject: drift, digest: 'sha256:1'{choice} }}]\nowner: team\napprover: lead\nreason: by mistake");
        Assert.Contains(problem, Assert.Single(repository.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_deletion_is_approved_by_its_digest()
    {
        var repository = new Repository().WithRule("any", "require: { kind: { exists: true } }").WithDocument(
            "acknowledgements/a.yaml", "Acknowledgement", "a",
            "approves: [{ subject: drift, digest: 'sha256:1', choice: revert }]\nowner: team\napprover: lead\nreason: by mistake");
        Assert.Equal(
            new Approval(ApprovalSubject.Drift, "sha256:1", DriftChoice.Revert),
            Assert.Single(repository.Load().Acknowledgements[0].Approves));
        Assert.Null(Flaw(repository, Both));
    }

    [Fact]
    public void Acknowledgements_of_a_pass_leave_the_digest_as_it_is()
    {
        var rules = With("['Deployment prod/web']", DeletionSet.Digest([Web])).Load();
        Assert.True(
            rules
                .WithAcknowledgements(
                    new Inputs.MemoryTree().With(
                        "acknowledgements/b.yaml",
                        DeletionSet.WriteAcknowledgement("b", [Data], new("team", "lead", "moved"))), "acknowledgements")
                .TryGet(out var more));
        Assert.Equal((rules.Digest, 2), (more.Digest, more.Acknowledgements.Length));
    }

    [Theory]
    [InlineData("", "production", true)]
    [InlineData("environments: [staging]", "staging", true)]
    [InlineData("environments: [staging]", "production", false)]
    [InlineData("environments: [staging]", null, false)]
    [InlineData("", null, true)]
    [InlineData("expires: 2026-01-14", "production", false)]
    public void A_decision_holds_for_as_long_and_where_it_is_meant_for(string more, string? environment, bool holds)
    {
        var rules = new Repository()
            .WithRule("any", "require: { kind: { exists: true } }")
            .WithDocument(
                "acknowledgements/a.yaml", "Acknowledgement", "a",
                $"approves: [{{ subject: rewrite, digest: abc }}]\nowner: team\napprover: lead\nreason: moved\n{more}")
            .Load();
        Assert.Equal(
            holds ? [new Approval(ApprovalSubject.Rewrite, "abc", null)] : [],
            rules.ApprovalsOn(Repository.Options.Today, environment));
    }
}
