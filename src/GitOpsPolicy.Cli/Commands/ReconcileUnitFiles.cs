using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// The files that <c>reconcile --unit</c> names. While it runs they are read again when they change: all of them or none, so that
/// a slip in one does not let go of the units of another.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="terminal">The terminal.</param>
internal sealed class ReconcileUnitFiles(IReadOnlyList<string> files, Terminal terminal)
{
    private readonly SettledFiles settled = new(terminal.WorkingDirectory);

    /// <summary>The units, as they were last read without a mistake.</summary>
    public ImmutableArray<Unit> Units { get; private set; } = [];

    /// <summary>The file that a unit is in; null for none of them.</summary>
    public string? FileOf(UnitKey key) => Units.FirstOrDefault(unit => unit.Key == key)?.Location.File;

    /// <summary>Reads them; otherwise writes every problem.</summary>
    public bool TryLoad()
    {
        if (!settled.TryRead(Read, out var found)) throw new UsageException("the units changed while they were read: try again");
        if (found.TryGet(out var units))
        {
            Units = units.All;
            return true;
        }

        RuleSources.Refuse(terminal.Error, "the units do not load", found.Problems);
        return false;
    }

    /// <summary>Looks again and again.</summary>
    /// <param name="every">How often.</param>
    /// <param name="changed">Told of the units before and of those from now on.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(TimeSpan every, Action<ImmutableArray<Unit>, ImmutableArray<Unit>> changed, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every, terminal.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                if (settled.TryRead(Read, out var found)) Take(found, changed);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private void Take(Loaded<UnitList> found, Action<ImmutableArray<Unit>, ImmutableArray<Unit>> changed)
    {
        if (!found.TryGet(out var units))
        {
            foreach (var problem in found.Problems) terminal.Error.WriteLine(SafeText.OneLine(problem.ToString()));
            terminal.Error.WriteLine($"reconcile: the units stay as they were before, since they do not load: {Counted.Of(found.Problems.Length, "problem")}");
            return;
        }

        var before = Units;
        Units = units.All;
        terminal.Error.WriteLine($"reconcile: the files of units have changed, and hold {Counted.Of(Units.Length, "unit")}");
        changed(before, Units);
    }

    private Loaded<UnitList> Read(FileTree tree)
    {
        var (units, problems) = (ImmutableArray.CreateBuilder<Unit>(), ImmutableArray.CreateBuilder<Problem>());
        foreach (var file in files)
        {
            if (!tree.TryRead(file, out var bytes, out var problem))
            {
                problems.Add(problem ?? new(
                    new(file, 0, 0),
                    tree.Find(file) == PathKind.Folder ? "this is a folder: name the file with the units" : "there is no such file"));
                continue;
            }

            var read = UnitFiles.Read(file, bytes);
            units.AddRange(read.Units.Select(unit => BesideFile(unit, Path.Combine(terminal.WorkingDirectory, file))));
            problems.AddRange(read.Problems);
        }

        foreach (var twice in units.GroupBy(static unit => unit.Key).Where(static same => same.Count() > 1))
            problems.Add(new(
                twice.Last().Location, $"the unit {twice.Key} is there twice, first at {twice.First().Location}",
                "take one of the two out"));
        return problems.Count > 0 ? new(problems.ToImmutable()) : new(new UnitList(units.ToImmutable()));
    }

    // A repository beside the file may be told so; where the command runs does not matter to it.
    private static Unit BesideFile(Unit unit, string file) =>
        unit.Source.IsBesideFile
            ? unit with { Source = unit.Source with { Url = Path.GetFullPath(
                unit.Source.Url, Path.GetDirectoryName(Path.GetFullPath(file))!) } }
            : unit;

    private sealed record UnitList(ImmutableArray<Unit> All);
}
