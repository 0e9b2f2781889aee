using System.Collections.Immutable;

namespace GitOpsPolicy.Inputs.Terraform.Configuration;

/// <summary>
/// Takes a configuration apart into blocks and attributes. Expressions are stepped over and kept as they are written: nothing is
/// evaluated.
/// </summary>
internal static class HclReader
{
    private const int MaxDepth = 60;
    private const int MaxBlocks = 50_000;
    private const int MaxValue = 300;

    /// <summary>Reads the blocks of a file.</summary>
    /// <exception cref="HclException">The text is no HCL, or larger than anybody writes.</exception>
    public static List<HclBlock> Read(string text)
    {
        var root = new HclBlock("", []);
        var count = 0;
        ReadBody(new HclCursor(text), root, 0, ref count);
        return root.Blocks;
    }

    private static void ReadBody(HclCursor cursor, HclBlock block, int depth, ref int count)
    {
        var start = cursor.Position;
        if (depth > MaxDepth || ++count > MaxBlocks) throw new HclException("there are more blocks than anybody writes", start);
        while (true)
        {
            cursor.SkipSpace(lines: true);
            if (cursor.IsAtEnd) break;
            if (depth > 0 && cursor.TryTake('}')) return;
            ReadEntry(cursor, block, depth, ref count);
        }

        if (depth > 0) throw new HclException("a block is not closed", start);
    }

    private static void ReadEntry(HclCursor cursor, HclBlock block, int depth, ref int count)
    {
        var start = cursor.Position;
        var name = cursor.TryTakeName() ?? throw new HclException("this is no block and no attribute", start);
        var labels = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            cursor.SkipSpace(lines: false);
            if (cursor.TryTake('='))
            {
                ReadAttribute(cursor, block, name);
                return;
            }

            if (cursor.TryTake('{')) break;
            labels.Add(cursor.Next == '"'
                ? cursor.TakeQuoted()
                : cursor.TryTakeName() ?? throw new HclException("this is no block and no attribute", start));
        }

        var inner = new HclBlock(name, labels.ToImmutable());
        block.Blocks.Add(inner);
        ReadBody(cursor, inner, depth + 1, ref count);
    }

    private static void ReadAttribute(HclCursor cursor, HclBlock block, string name)
    {
        cursor.SkipSpace(lines: false);
        var (offset, position) = (cursor.Offset, cursor.Position);
        var end = Math.Min(cursor.SkipExpression(), offset + MaxValue);
        block.Attributes.Add(new(name, cursor.Between(offset, end), position));
    }
}
