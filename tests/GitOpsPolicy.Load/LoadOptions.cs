using System.Globalization;

namespace GitOpsPolicy.Load;

/// <summary>How long and how hard.</summary>
internal sealed record LoadOptions
{
    /// <summary>The webhook; null to publish it first.</summary>
    public string? Program { get; init; }

    /// <summary>Seconds of a run; null for the scenario's own.</summary>
    public double? Seconds { get; init; }

    /// <summary>Requests a second; null for the scenario's own.</summary>
    public double? Rate { get; init; }

    /// <summary>As long as the test plan says, instead of some seconds.</summary>
    public bool IsLong { get; init; }

    /// <summary>Speak HTTP/2 instead of 1.1.</summary>
    public bool IsHttp2 { get; init; }

    /// <summary>Seconds before figures are taken: what is compiled meanwhile is not what a request costs.</summary>
    public double WarmUp { get; init; } = 3;

    /// <summary>A time: what was asked for, else one of two.</summary>
    public TimeSpan Time(double usual, double plan) => TimeSpan.FromSeconds(Seconds ?? (IsLong ? plan : usual));

    /// <summary>A count: one of two.</summary>
    public int Count(int usual, int plan) => IsLong ? plan : usual;

    /// <summary>Reads what follows the verb.</summary>
    /// <exception cref="FormatException">Something is not understood.</exception>
    public static LoadOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new LoadOptions();
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            (options, var taken) = args[i] switch
            {
                "--program" => (options with { Program = value }, 1),
                "--seconds" => (options with { Seconds = Number(value) }, 1),
                "--rate" => (options with { Rate = Number(value) }, 1),
                "--warm-up" => (options with { WarmUp = Number(value) }, 1),
                "--long" => (options with { IsLong = true }, 0),
                "--short" => (options with { IsLong = false }, 0),
                "--http2" => (options with { IsHttp2 = true }, 0),
                var other => throw new FormatException($"`{other}` is not understood"),
            };
            i += taken;
        }

        return options;
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"`{text}` is no number above 0");
}
