using System.Text;

namespace GitOpsPolicy.Documents;

/// <summary>JSON pointers, RFC 6901.</summary>
public static class JsonPointer
{
    /// <summary>
    /// Writes steps (keys and indexes, unescaped) as a pointer; no steps give the empty pointer, which is the whole document.
    /// </summary>
    public static string Format(IEnumerable<string> steps)
    {
        var text = new StringBuilder();
        foreach (var step in steps) text.Append('/').Append(step.Replace("~", "~0").Replace("/", "~1"));
        return text.ToString();
    }

    /// <summary>Writes a step in front of those that end <paramref name="room"/>; false when there is not enough of it.</summary>
    /// <param name="step">A key or index, unescaped.</param>
    /// <param name="room">Where the pointer grows towards the start.</param>
    /// <param name="start">Where it starts so far.</param>
    internal static bool TryPrepend(string step, Span<char> room, ref int start)
    {
        var escaped = step.AsSpan().ContainsAny('~', '/') ? step.Replace("~", "~0").Replace("/", "~1") : step;
        if (escaped.Length >= start) return false;
        start -= escaped.Length + 1;
        room[start] = '/';
        escaped.CopyTo(room[(start + 1)..]);
        return true;
    }

    /// <summary>The steps of a pointer, unescaped. What is no pointer has one step: itself.</summary>
    public static string[] Parse(string pointer) => pointer switch
    {
        "" => [],
        ['/', ..] => [.. pointer[1..].Split('/').Select(Unescape)],
        _ => [pointer],
    };

    /// <summary>
    /// The node a pointer names below <paramref name="root"/>; null when there is none or the pointer is malformed.
    /// </summary>
    public static Node? Find(Node root, string pointer)
    {
        if (pointer.Length == 0) return root;
        if (pointer[0] != '/') return null;
        var at = root;
        foreach (var escaped in pointer[1..].Split('/'))
        {
            if (!IsEscapedRight(escaped)) return null;
            var step = Unescape(escaped);
            var next = at switch
            {
                MappingNode mapping => mapping[step],
                SequenceNode sequence when TryIndex(step, sequence.Count, out var i) => sequence[i],
                _ => null,
            };
            if (next is null) return null;
            at = next;
        }

        return at;
    }

    // In this order, or `~01` would become a slash.
    private static string Unescape(string step) => step.Replace("~1", "/").Replace("~0", "~");

    // RFC 6901, section 3: a tilde stands before 0 or 1 only.
    private static bool IsEscapedRight(string step)
    {
        for (var tilde = step.IndexOf('~'); tilde >= 0; tilde = step.IndexOf('~', tilde + 1))
            if (tilde + 1 == step.Length || step[tilde + 1] is not ('0' or '1')) return false;
        return true;
    }

    // RFC 6901, section 4: digits only, no leading zero.
    private static bool TryIndex(string step, int count, out int index)
    {
        index = -1;
        if (step.Length is 0 or > 9 || (step.Length > 1 && step[0] == '0')) return false;
        foreach (var c in step)
            if (!char.IsAsciiDigit(c)) return false;
        index = int.Parse(step);
        return index < count;
    }
}
