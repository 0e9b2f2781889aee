namespace GitOpsPolicy.Reports;

/// <summary>A stretch of lines that another takes the place of; lines are counted from 0, ends are behind the last.</summary>
internal readonly record struct LinePart(int Before, int BeforeEnd, int After, int AfterEnd);

/// <summary>Tells the lines in which two texts differ. The texts are alike but for a few lines.</summary>
internal static class LineDifference
{
    /// <summary>So far it is looked for the next line that both have, before the rest counts as different.</summary>
    private const int Reach = 400;

    /// <summary>The differences in order, equal lines between each two.</summary>
    public static IEnumerable<LinePart> Between(string[] before, string[] after)
    {
        var (b, a) = (0, 0);
        while (b < before.Length || a < after.Length)
        {
            if (b < before.Length && a < after.Length && before[b] == after[a])
            {
                (b, a) = (b + 1, a + 1);
                continue;
            }

            var (endB, endA) = NextEqual(before, b, after, a);
            yield return new(b, endB, a, endA);
            (b, a) = (endB, endA);
        }
    }

    // The nearest pair of equal lines, or both ends, fewest lines passed over first.
    private static (int B, int A) NextEqual(string[] before, int b, string[] after, int a)
    {
        for (var passed = 1; passed <= Reach; passed++)
        {
            for (var skip = 0; skip <= passed; skip++)
            {
                var (atB, atA) = (b + passed - skip, a + skip);
                if (atB > before.Length || atA > after.Length) continue;
                if (IsEqual(before, atB, after, atA)) return (atB, atA);
            }
        }

        return (before.Length, after.Length);
    }

    private static bool IsEqual(string[] before, int b, string[] after, int a) =>
        b >= before.Length || a >= after.Length ? b >= before.Length && a >= after.Length : before[b] == after[a];
}
