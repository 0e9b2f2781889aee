using GitOpsPolicy.Changes;
using GitOpsPolicy.Knowledge;
using GitOpsPolicy.Knowledge.Prune.Cascades;
using Xunit;

namespace GitOpsPolicy.Tests.Knowledge;

public sealed class CascadeTests
{
    public static TheoryData<string, string> Cases => CaseFile.Read("cascades.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_deletion_takes_with_it_what_depends_on_it(string written, string expected)
    {
        var lost = LostWithFirst(written);

        Assert.Equal(expected, lost == 2 ? "lost" : "stays");
    }

    [Fact]
    public void Every_row_of_the_table_has_a_case_that_loses_something_by_it()
    {
        var lost = Cases.Where(entry => (string)entry[1] == "lost").Select(entry => (string)entry[0]).ToList();
        var kinds = lost.Select(written => Place.KindOf(Changes(written)[0].Resource)).Distinct(StringComparer.Ordinal);
        var rows = KnowledgeData.Read("cascades.yaml")["rows"].ItemsOf().Length;

        Assert.Equal(rows, kinds.SelectMany(kind => CascadeTable.RowsFor(kind)).Select(row => row.Number).Distinct().Count());
        Assert.True(lost.Count >= rows, $"{lost.Count} cases for {rows} rows");
    }

    [Fact]
    public void What_goes_down_takes_its_own_with_it_and_circles_end()
    {
        const string Root = "{ apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: root, namespace: argocd, finalizers: [resources-finalizer.argocd.argoproj.io] }, spec: { source: { path: apps } } }";
        const string Child = "{ file: apps/web.yaml, apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: web, namespace: argocd, finalizers: [resources-finalizer.argocd.argoproj.io] }, spec: { sources: [{ path: web }, { path: apps }] } }";
        const string Leaf = "{ file: web/a.yaml, apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: prod } }";

        Assert.Equal(3, LostWithFirst($"{Root} || {Child} || {Leaf}"));
    }

    [Fact]
    public void Whoever_counts_the_work_may_stop_it()
    {
        var changes = Changes("{ apiVersion: v1, kind: Namespace, metadata: { name: prod } } || { apiVersion: v1, kind: Pod, metadata: { name: a, namespace: prod } }");

        Assert.Throws<OperationCanceledException>(() => CascadeGraph.Of(new() { Changes = [.. changes] }).LostWith(
            [0], () => throw new OperationCanceledException()));
    }

    private static int LostWithFirst(string written)
    {
        var changes = Changes(written);
        return CascadeGraph.Of(new() { Changes = [.. changes] }).LostWith([0], () => { }).Count;
    }

    private static List<Change> Changes(string written) =>
        [.. written.Split(" || ")
            .Select((text, i) => Made.Found(text) with { Operation = i == 0 ? Operation.Delete : Operation.None })];
}
