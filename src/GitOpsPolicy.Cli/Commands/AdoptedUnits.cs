using System.Collections.Immutable;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>Finds the unit that <c>adopt</c> is about; of one that is not there it says where it was looked for.</summary>
/// <param name="terminal">The terminal.</param>
internal sealed class AdoptedUnits(Terminal terminal)
{
    private const int MostNamed = 10;

    /// <summary>A unit of a file; null where the file does not load, which is told.</summary>
    /// <param name="file">The file.</param>
    /// <param name="named">The unit; null for the only one.</param>
    /// <exception cref="UsageException">The file has not this one unit.</exception>
    public Unit? OfFile(string file, string? named)
    {
        var read = new ReconcileUnitFiles([file], terminal);
        if (!read.TryLoad()) return null;
        ImmutableArray<Unit> chosen = [.. read.Units.Where(unit => named is null || unit.Key.ToString() == named)];
        if (chosen is [var only]) return only;
        var there = Names([.. read.Units.Select(static unit => unit.Key)]);
        throw new UsageException(named is null ? $"{file}: name one of its units: {there}" : $"{file} has no unit `{named}`: it has {there}");
    }

    /// <summary>A unit of the cluster; null where it does not load, which is told.</summary>
    /// <param name="home">The cluster.</param>
    /// <param name="named">The unit.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UsageException">There is no such unit.</exception>
    /// <exception cref="IOException">The cluster cannot be asked.</exception>
    public async Task<Unit?> OfClusterAsync(KubernetesClient home, string? named, CancellationToken cancellation)
    {
        if (named?.Split('/') is not [{ Length: > 0 } place, { Length: > 0 } name])
            throw new UsageException("name the unit, as `NAMESPACE/NAME`, or its file with `--unit`");
        try
        {
            var found = await home.FindAsync(new(UnitResource.Type, place, name), cancellation)
                ?? throw new UsageException(await NotThereAsync(home, named, place, cancellation));
            var read = UnitReader.Read(found);
            if (read.TryGet(out var unit)) return unit;
            RuleSources.Refuse(terminal.Error, "the unit does not load", read.Problems);
            return null;
        }
        catch (KubernetesException e) when (e.Failure.IsNotFound)
        {
            throw new UsageException($"there is no unit `{named}`: {Cluster(home)} knows no units, since the chart's definitions are not in it; where the unit lies in a file, name that with `--unit`");
        }
        catch (KubernetesException e)
        {
            throw new IOException($"the unit `{named}` cannot be read: {SafeText.OneLine(e.Failure.ToString())}", e);
        }
    }

    private static async Task<string> NotThereAsync(
        KubernetesClient home, string named, string place, CancellationToken cancellation)
    {
        var there = await ListAsync(home, null, cancellation) ?? await ListAsync(home, place, cancellation);
        var known = there switch
        {
            null => "which others it has may not be listed",
            { IsEmpty: true } => "it has none",
            { } keys => $"it has {Names(keys)}",
        };
        return $"there is no unit `{named}` in {Cluster(home)}: {known}; where it lies in a file, name that with `--unit`";
    }

    // Null where they may not be listed.
    private static async Task<ImmutableArray<UnitKey>?> ListAsync(
        KubernetesClient home, string? place, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<UnitKey>();
        try
        {
            await foreach (var item in home.ListAsync(UnitResource.Type, new() { Namespace = place }, cancellation))
                if (item.Object is { } one) found.Add(UnitResource.KeyOf(one));
        }
        catch (KubernetesException e) when (e.Failure.IsForbidden)
        {
            return null;
        }

        return found.ToImmutable();
    }

    private static string Cluster(KubernetesClient home) => $"the cluster at {home.Connection.Server}";

    private static string Names(ImmutableArray<UnitKey> units) =>
        string.Join(", ", units.Take(MostNamed).Select(static unit => $"`{unit}`"))
            + (units.Length > MostNamed ? $" and {units.Length - MostNamed} more" : "");
}
