using System.Text;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace GitOpsPolicy.Documents.Tests.Yaml;

/// <summary>One text, what kubectl reads from it, and what we do otherwise, if anything.</summary>
public sealed partial class Vector : IXunitSerializable
{
    /// <summary>What stands in front of a text that is not a whole file.</summary>
    public const string Head = "apiVersion: v1\nkind: Vector\nmetadata: {name: vector}\n";

    private static readonly Dictionary<string, string> Forms = new(StringComparer.Ordinal)
    {
        ["value"] = "v: {0}\n",
        ["item"] = "v: [{0}]\n",
        ["key"] = "v: {{{0}: 1}}\n",
        ["block-key"] = "v:\n  {0}: 1\n",
        ["single"] = "v: '{0}'\n",
        ["double"] = "v: \"{0}\"\n",
        ["literal"] = "v: |-\n  {0}\n",
        ["folded"] = "v: >-\n  {0}\n",
        ["str"] = "v: !!str {0}\n",
        ["int"] = "v: !!int {0}\n",
        ["float"] = "v: !!float {0}\n",
        ["bool"] = "v: !!bool {0}\n",
        ["null"] = "v: !!null {0}\n",
        ["quoted-int"] = "v: !!int '{0}'\n",
    };

    /// <summary>What the vector is about.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The text is a whole file, not what follows <see cref="Head"/>.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The text, in base 64 where it is not plain.</summary>
    public byte[] Text { get; private set; } = [];

    /// <summary>
    /// The objects that kubectl reads as JSON, one after another; <c>error</c> when it refuses; <c>nothing</c> when there are
    /// none; <c>varies</c> when it has no order.
    /// </summary>
    public string Kubectl { get; private set; } = "";

    /// <summary><c>refused: </c> or <c>read: </c> and what we do; empty when we do as kubectl does.</summary>
    public string Ours { get; private set; } = "";

    /// <summary>Every vector of the files under <c>Yaml/Vectors</c>.</summary>
    /// <exception cref="FormatException">A line is no vector.</exception>
    public static IEnumerable<Vector> All() => Directory.EnumerateFiles(Path.Combine(Fixtures.Project, "Yaml", "Vectors"))
        .Order(StringComparer.Ordinal)
        .SelectMany(path =>
            path.EndsWith(".table", StringComparison.Ordinal) ? Table(File.ReadAllText(path)) : Blocks(File.ReadAllText(path)));

    /// <summary>The vectors of a table.</summary>
    public static IEnumerable<Vector> Table(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.Length == 0 || line.StartsWith("# ", StringComparison.Ordinal)) continue;
            var match = TableLine().Match(line);
            if (!match.Success || !Forms.TryGetValue(match.Groups["form"].Value, out var form))
                throw new FormatException($"no vector: `{line}`");
            var expected = match.Groups["expected"].Value;
            yield return new Vector
            {
                Name = match.Groups["name"].Value,
                Text = Encoding.UTF8.GetBytes(string.Format(form, match.Groups["scalar"].Value)),
                Kubectl = expected == "error" ? expected : $"{{\"v\":{expected}}}",
                Ours = match.Groups["ours"].Value,
            };
        }
    }

    /// <summary>The vectors of a file of blocks.</summary>
    public static IEnumerable<Vector> Blocks(string text)
    {
        foreach (var block in BlockStart().Split(text).Skip(1))
        {
            var match = Block().Match(block);
            if (!match.Success) throw new FormatException($"no vector: `{block}`");
            var title = match.Groups["title"].Value;
            var body = Encoding.UTF8.GetBytes(match.Groups["body"].Value);
            yield return new Vector
            {
                Name = title,
                IsWhole = title.Contains("(whole)", StringComparison.Ordinal),
                Text = title.Contains("(escaped)", StringComparison.Ordinal) ? Unescape(body) : body,
                Kubectl = match.Groups["expected"].Value,
                Ours = match.Groups["ours"].Value,
            };
        }
    }

    /// <inheritdoc/>
    public void Deserialize(IXunitSerializationInfo info)
    {
        (Name, IsWhole) = (info.GetValue<string>(nameof(Name)), info.GetValue<bool>(nameof(IsWhole)));
        (Text, Kubectl, Ours) = (info.GetValue<byte[]>(nameof(Text)), info.GetValue<string>(nameof(Kubectl)),
            info.GetValue<string>(nameof(Ours)));
    }

    /// <inheritdoc/>
    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(Name), Name);
        info.AddValue(nameof(IsWhole), IsWhole);
        info.AddValue(nameof(Text), Text);
        info.AddValue(nameof(Kubectl), Kubectl);
        info.AddValue(nameof(Ours), Ours);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    // `\xNN` is a byte; `\e` at the end drops the last line feed.
    private static byte[] Unescape(byte[] body)
    {
        var latin = Escape().Replace(
            Encoding.Latin1.GetString(body), match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
        return Encoding.Latin1.GetBytes(latin.EndsWith("\\e\n", StringComparison.Ordinal) ? latin[..^3] : latin);
    }

    [GeneratedRegex(
        @"^(?<name>(?<form>\S+)\s+(?<scalar>.*?))\s+=> (?<expected>((?! \| ).)+)( \| (?<ours>(refused|read): .+))?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex TableLine();

    [GeneratedRegex("^#### ", RegexOptions.Multiline)]
    private static partial Regex BlockStart();

    [GeneratedRegex(
        @"\A(?<title>[^\n]*)\n(?<body>.*?)^==== (?<expected>[^|\n][^\n]*)\n(==== \| (?<ours>(refused|read): [^\n]+)\n)?\n*\z",
        RegexOptions.Singleline
            | RegexOptions.Multiline
            | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex(@"\\x([0-9a-f]{2})")]
    private static partial Regex Escape();
}
