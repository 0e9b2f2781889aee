using System.Globalization;
using System.Text;

namespace GitOpsPolicy.Load.Serving;

/// <summary>A folder of its own to serve from: rules, certificates.</summary>
internal sealed class RuleFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-load-");

    /// <summary>Its path.</summary>
    public string Path => folder.FullName;

    /// <summary>The texts of the rules, in order of their names.</summary>
    private static List<string> Texts { get; } =
        [.. Directory.GetFiles(System.IO.Path.Combine(AppContext.BaseDirectory, "Rules"), "*.rule.js")
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)];

    /// <summary>Writes rules to <c>policies/</c>.</summary>
    /// <param name="count">How many; beyond the seventeen they are copies under other names.</param>
    /// <param name="matching">How many of them are for Pods; the others are for kinds that nobody makes.</param>
    /// <returns>The folder.</returns>
    public RuleFolder WithRules(int count, int matching)
    {
        for (var i = 0; i < count; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            var text = Texts[i % Texts.Count].Replace(
                $"  name: \"{NameOf(i % Texts.Count)}\"", $"  name: \"{NameOf(i)}\"", StringComparison.Ordinal);
            if (i >= matching)
                text = text.Replace("kinds: [\"Pod\"]", $"kinds: [\"example.com/Kind{number}\"]", StringComparison.Ordinal);
            Write($"policies/rule-{number.PadLeft(4, '0')}.rule.js", text);
        }

        return this;
    }

    /// <summary>The names of the first rules.</summary>
    public static IReadOnlyList<string> Names(int count) => [.. Enumerable.Range(0, count).Select(NameOf)];

    /// <summary>Writes a file.</summary>
    public void Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private static string NameOf(int number)
    {
        var name = Texts[number % Texts.Count].Split("name: \"", 2)[1].Split('"')[0];
        return number < Texts.Count ? name : $"copy-{number.ToString(CultureInfo.InvariantCulture)}-of-{name}";
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);
}
