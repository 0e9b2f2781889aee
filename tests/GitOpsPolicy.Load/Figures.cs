using System.Globalization;

namespace GitOpsPolicy.Load;

/// <summary>What a figure says.</summary>
internal enum FigureKind
{
    /// <summary>Right or wrong, on any machine.</summary>
    Correctness,

    /// <summary>Processor time or memory: holds on a busy machine too, more or less.</summary>
    Cost,

    /// <summary>Wall clock: means something on a quiet machine.</summary>
    Time,
}

/// <summary>One figure of a scenario.</summary>
internal sealed record Figure(string Scenario, string Name, FigureKind Kind, string Value, string Limit, bool IsMet)
{
    /// <summary>The row of the table.</summary>
    public override string ToString() =>
        $"{Scenario,-6} {Name,-46} {Value,14}  {Limit,-14} {(IsMet ? "met" : "MISSED")}{(Kind == FigureKind.Time ? " (wall clock)" : "")}";
}

/// <summary>The figures of one scenario, told as they come.</summary>
internal sealed class FigureTable(string scenario, TextWriter output)
{
    private readonly List<Figure> figures = [];

    /// <summary>What was found.</summary>
    public IReadOnlyList<Figure> Figures => figures;

    /// <summary>Right or wrong.</summary>
    public void Count(string name, long value, long limit = 0) =>
        Add(new(scenario, name, FigureKind.Correctness, Text(value), limit == 0 ? "0" : $"≤ {Text(limit)}", value <= limit));

    /// <summary>Right or wrong, as a statement.</summary>
    public void Holds(string name, bool holds) =>
        Add(new(scenario, name, FigureKind.Correctness, holds ? "yes" : "no", "yes", holds));

    /// <summary>Processor time, memory or a ratio.</summary>
    public void Cost(string name, double value, string unit, double limit) =>
        Add(new(scenario, name, FigureKind.Cost, $"{Text(value)} {unit}", $"≤ {Text(limit)} {unit}", value <= limit));

    /// <summary>Wall clock.</summary>
    public void Time(string name, double milliseconds, double limit) =>
        Add(new(scenario, name, FigureKind.Time, $"{Text(milliseconds)} ms", $"≤ {Text(limit)} ms", milliseconds <= limit));

    /// <summary>Something that has no limit.</summary>
    public void Tell(string name, string value) => output.WriteLine($"{scenario,-6} {name,-46} {value,14}");

    private void Add(Figure figure)
    {
        figures.Add(figure);
        output.WriteLine(figure);
        output.Flush();
    }

    private static string Text(double value) =>
        value.ToString(Math.Abs(value) >= 100 || value == Math.Floor(value) ? "0" : "0.00", CultureInfo.InvariantCulture);
}
