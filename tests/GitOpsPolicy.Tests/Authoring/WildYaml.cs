using System.Globalization;
using System.Text;

namespace GitOpsPolicy.Tests.Authoring;

/// <summary>Rule tests that hold objects written in every way that YAML allows, the same for the same seed.</summary>
internal sealed class WildYaml
{
    private static readonly string[] Plain = [
        "a", "web:1.2", "true", "0x1F", "~", "a b  c", "it's", "say \"x\"", "a#b", "-1", "null", "x,y", "[z", "- d", "2026-01-01",
        "${item}", "ü→"
    ];

    private readonly Random random;
    private readonly StringBuilder text = new();
    private int comments;

    private WildYaml(int seed) => random = new(seed);

    /// <summary>One document.</summary>
    public static string Document(int seed)
    {
        var wild = new WildYaml(seed);
        wild.text.Append("kind: RuleTest\napiVersion: gitopspolicy.dev/v1alpha1\nmetadata: { name: a }\nspec:\n  rule: a\n  cases:\n  - name: wild\n    expect: []\n    change:\n      after:\n");
        wild.Mapping(indent: 8, depth: 0);
        return wild.text.ToString();
    }

    private void Mapping(int indent, int depth)
    {
        var count = random.Next(1, 5);
        for (var i = 0; i < count; i++)
        {
            Space(indent);
            text.Append(' ', indent).Append(Key(i)).Append(':');
            Value(indent, depth);
        }

        if (random.Next(6) == 0) Comment(indent);
    }

    private void List(int indent, int depth)
    {
        var count = random.Next(1, 4);
        for (var i = 0; i < count; i++)
        {
            Space(indent);
            text.Append(' ', indent).Append('-');
            Value(indent, depth);
        }
    }

    private void Value(int indent, int depth)
    {
        switch (random.Next(depth > 3 ? 5 : 9))
        {
            case 0:
                text.Append(' ').Append(Bracketed(0));
                Behind();
                break;
            case 1:
                Block(indent);
                break;
            case 2:
                Behind();
                break;
            case 3 or 4:
                text.Append(' ').Append(Scalar(inBrackets: false));
                Behind();
                break;
            case 5 or 6:
                Behind();
                Mapping(indent + random.Next(1, 5), depth + 1);
                break;
            case 7:
                Behind();
                List(indent + random.Next(1, 4), depth + 1);
                break;
            default:
                Spread(indent);
                break;
        }
    }

    // Brackets over several lines, with comments between.
    private void Spread(int indent)
    {
        text.Append(" [");
        Behind();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            text.Append(' ', indent + 3).Append(Bracketed(1)).Append(i > 1 ? "," : "");
            Behind();
        }

        text.Append(' ', indent + 1).Append(']');
        Behind();
    }

    private void Block(int indent)
    {
        var step = random.Next(1, 5);
        text.Append(' ').Append("|>"[random.Next(2)]).Append(((string[])["", "-", "+"])[random.Next(3)]);
        Behind();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            text.Append(' ', indent + step).Append("line # no comment ").Append(i).Append('\n');
            if (random.Next(3) == 0) text.Append('\n');
            if (random.Next(4) == 0) text.Append(' ', indent + step + 2).Append("deeper\n");
        }
    }

    private string Bracketed(int depth) => random.Next(depth > 2 ? 2 : 5) switch
    {
        0 or 1 => Scalar(inBrackets: true),
        2 =>
            "["
                + string.Join(
                    random.Next(2) == 0 ? "," : " , ", Enumerable.Range(0, random.Next(3)).Select(_ => Bracketed(depth + 1)))
                + "]",
        3 => "{}",
        _ =>
            "{"
                + string.Join(",  ", Enumerable.Range(0, random.Next(1, 3)).Select(i => $"{Key(i)}: {Bracketed(depth + 1)}"))
                + "}",
    };

    private string Scalar(bool inBrackets)
    {
        var value = Plain[random.Next(Plain.Length)];
        var canBePlain = value[0] is not ('[' or '-' or '~') && !(inBrackets && value.AsSpan().ContainsAny(",[]{}"));
        return random.Next(3) switch
        {
            0 when canBePlain => value,
            1 => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'",
            _ =>
                "\""
                    + value.Replace("\"", "\\\"", StringComparison.Ordinal)
                    + (random.Next(5) == 0 ? "\\n\\t\\u00e9" : "")
                    + "\"",
        };
    }

    private string Key(int i) => random.Next(4) == 0 ? $"\"k {i}\"" : "k" + i.ToString(CultureInfo.InvariantCulture);

    private void Space(int indent)
    {
        for (var i = random.Next(4) == 0 ? random.Next(1, 3) : 0; i > 0; i--) text.Append('\n');
        if (random.Next(5) == 0) Comment(indent);
    }

    private void Comment(int indent) => text.Append(' ', indent).Append("# c").Append(comments++).Append('\n');

    private void Behind()
    {
        if (random.Next(5) == 0) text.Append("  # c").Append(comments++);
        text.Append('\n');
    }
}
