using System.Runtime.CompilerServices;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Tests.Policies;
using Xunit;

namespace GitOpsPolicy.Tests.Evaluation;

/// <summary>
/// What an acknowledgement of several deletions is worth at an API server, where they come one by one: lone-deletes.cases.
/// </summary>
public sealed class LoneDeleteTests
{
    private static readonly string[] Meant =
    [
        "k8s:/PersistentVolumeClaim/prod/data", "replace k8s:apps/StatefulSet/prod/db", "forget k8s:/ConfigMap/prod/old",
        "k8s:/Namespace//prod",
        "k8s:apiextensions.k8s.io/CustomResourceDefinition//widgets.example.test",
    ];

    private static IEnumerable<string[]> Lines([CallerFilePath] string thisFile = "") =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(thisFile)!, "lone-deletes.cases"))
            .Where(static line => !line.StartsWith('#'))
            .Select(static line => line.Split('|', StringSplitOptions.TrimEntries));

    [Theory]
    [InlineData(Surface.Admission)]
    [InlineData(Surface.Reconcile)]
    public void A_delete_is_covered_by_name_by_age_and_for_a_time(Surface surface)
    {
        var wrong = Lines().Where(of => Outcome(of, surface) != of[3]).Select(of => $"{of[0]}: {Outcome(of, surface)}");
        Assert.True(!wrong.Any(), string.Join('\n', wrong));
        Assert.True(Lines().Count() >= 30);
    }

    [Fact]
    public void One_that_covers_is_named_and_silences_one_that_does_not()
    {
        var stale = Fields(Lines().First(static of => of[1].StartsWith("expires", StringComparison.Ordinal))[1]);
        var set = SetOf(Lines().First()[2], Surface.Admission);
        var decision = With(Fields("")).WithDocument("acknowledgements/b.yaml", "Acknowledgement", "b", stale).Judge(set);
        Assert.Equal("a", Assert.Single(decision.AcknowledgedBy));
        Assert.Empty(decision.Findings);
    }

    [Fact]
    public void Before_the_merge_the_whole_set_counts_and_neither_age_nor_environment_is_asked_for()
    {
        var data = Repository.Deletion("PersistentVolumeClaim", "data");
        var repository = With(
            $"deletions: ['{Meant[0]}']\ndigest: {DeletionSet.Digest([data])}\nowner: team\napprover: lead\nreason: moved");
        Assert.Equal(
            "a",
            Assert.Single(
                repository.Judge(new ChangeSet { Changes = [data with { Environment = "production" }] }).AcknowledgedBy));
        Assert.Empty(repository.Judge(new ChangeSet { Changes = [data with { Surface = Surface.Admission }] }).AcknowledgedBy);
    }

    [Fact]
    public void The_same_name_in_another_environment_is_not_what_was_acknowledged()
    {
        var data = Repository.Deletion("PersistentVolumeClaim", "data") with { Environment = "staging" };
        var repository = With($"deletions: ['{Meant[0]}']\ndigest: {DeletionSet.Digest([data])}\nenvironments: [staging]\nowner: team\napprover: lead\nreason: moved");
        var both = new ChangeSet { Changes = [data, data with { Environment = "production" }] };
        Assert.Equal([0], Acknowledgements.Match(repository.Load(), both, Repository.Options.Today).Changes);
    }

    [Fact]
    public void What_the_command_writes_covers_each_of_its_deletions()
    {
        Change[] planned = [
            Repository.Deletion("PersistentVolumeClaim", "data"),
            Repository.Deletion("Deployment", "web") with { Operation = Operation.Replace }
        ];
        var terms = new AcknowledgementTerms("team", "lead", "moved")
        {
            CreatedBefore = new(2026, 1, 10, 14, 0, 0, TimeSpan.FromHours(2)),
            Environments = ["production"],
        };
        var text = DeletionSet.WriteAcknowledgement("mine", planned, terms);
        Assert.Contains("- \"replace k8s:apps/Deployment/prod/web\"\n", text, StringComparison.Ordinal);
        Assert.Contains("createdBefore: \"2026-01-10T12:00:00Z\"\n", text, StringComparison.Ordinal);
        var rules = new Repository().WithRule("any", "require: { kind: { exists: true } }")
            .With("acknowledgements/mine.yaml", text);
        Assert.Equal("mine", Assert.Single(rules.Judge(new ChangeSet { Changes = [.. planned] }).AcknowledgedBy));
        foreach (var words in (string[])["/PersistentVolumeClaim/prod/data", "apps/Deployment/prod/web"])
            Assert.Equal(
                "mine",
                Assert.Single(rules.Judge(SetOf($"{words} 2025-06-01T00:00:00Z @production", Surface.Admission)).AcknowledgedBy));
    }

    private static string Outcome(string[] of, Surface surface)
    {
        var decision = With(Fields(of[1])).Judge(SetOf(of[2], surface));
        var told = decision.Findings.Select(static finding => finding.Message).SingleOrDefault();
        return !decision.AcknowledgedBy.IsEmpty
            ? "covered"
            : told?.Replace("the acknowledgement `a` does not hold: it ", "", StringComparison.Ordinal) ?? "nothing is said";
    }

    private static Repository With(string fields) =>
        new Repository().WithRule("any", "require: { kind: { exists: true } }")
            .WithDocument("acknowledgements/a.yaml", "Acknowledgement", "a", fields);

    private static string Fields(string other)
    {
        var named = Meant.Select(NamedDeletion.Parse).Select(static one => (one.Meant, one.Resource));
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["deletions"] = $"['{string.Join("', '", Meant)}']",
            ["digest"] = DeletionSet.Digest(named),
            ["createdBefore"] = "2026-01-10T12:00:00Z",
            ["owner"] = "team", ["approver"] = "lead", ["reason"] = "moved",
        };
        foreach (var field in other.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            fields[field[..field.IndexOf(':')]] = field[(field.IndexOf(':') + 2)..];
        return string.Join(
            '\n', fields.Where(static field => field.Value != "-").Select(static field => $"{field.Key}: {field.Value}"));
    }

    // group/Kind/namespace/name creationTimestamp [@environment] [update | SUBRESOURCE]
    private static ChangeSet SetOf(string words, Surface surface)
    {
        var (id, created, more) = (words.Split(' ')[0].Split('/'), words.Split(' ')[1], words.Split(' ')[2..]);
        var change = new Change
        {
            Resource = new KubernetesId(id[0], "v1", id[1], id[2], id[3]),
            Operation = more.Contains("update") ? Operation.Update : Operation.Delete,
            Origin = ChangeOrigin.Review,
            Surface = surface,
            Environment = more.FirstOrDefault(static word => word[0] == '@')?[1..],
            Subresource = more.FirstOrDefault(static word => word is "status") ?? "",
            Before = created == "-"
                ? null
                : Repository.Read($"kind: {id[1]}\nmetadata: {{ name: {id[3]}, creationTimestamp: '{created}' }}\n"),
        };
        return new() { Changes = [change] };
    }
}
