using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Running;

/// <summary>
/// One of several parts that units are dealt out to by their keys, so that as many processes can each have one.
/// </summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Count">How many there are.</param>
public sealed record UnitShard(int Number, int Count)
{
    /// <summary>All units in one.</summary>
    public static UnitShard Whole { get; } = new(1, 1);

    private const int MostShards = 64;

    /// <summary>Reads <c>2/3</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out UnitShard? shard)
    {
        shard = text.Split('/') is [var number, var count]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var which)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var all)
            && which >= 1 && which <= all && all <= MostShards ? new(which, all) : null;
        return shard is not null;
    }

    /// <summary>A unit is in it: by a digest of its key, which is the same in every process and version.</summary>
    public bool Has(UnitKey unit) =>
        Count == 1
            || BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(
                unit.ToString()))) % (ulong)Count == (ulong)(Number - 1);

    /// <summary><c>2/3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");
}

/// <summary>Which units of a cluster a process is about.</summary>
public sealed record UnitChoice
{
    /// <summary>All of them.</summary>
    public static UnitChoice All { get; } = new();

    /// <summary>The namespaces that are followed; empty for all.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    /// <summary>A label selector; null for none.</summary>
    public string? Selector { get; init; }

    /// <summary>The part of them that this process reconciles.</summary>
    public UnitShard Shard { get; init; } = UnitShard.Whole;

    /// <summary>What has to be asked for, one answer after the other: a namespace each, or null for all at once.</summary>
    public IEnumerable<string?> Places => Namespaces.IsEmpty ? (string?[])[null] : Namespaces;
}
