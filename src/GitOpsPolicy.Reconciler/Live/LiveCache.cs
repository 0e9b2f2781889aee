using System.Buffers;
using System.Collections.Concurrent;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Watching;

namespace GitOpsPolicy.Reconciler.Live;

/// <summary>
/// The objects of units in one cluster as watches tell them, so that a pass that finds nothing to do asks nobody. They are kept
/// as JSON, a fifth of what they take as trees. What is read from it may be a moment old; every write names the state that it is
/// about, and deletions are decided by what is asked anew.
/// </summary>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class LiveCache
{
    // By namespace where no more of a kind may be watched, else under the empty one for all of them.
    private readonly ConcurrentDictionary<(string Group, string Kind, string Place), Kept> kinds = new();

    /// <summary>Objects that are kept.</summary>
    public int Count => kinds.Values.Sum(static kind => kind.Objects.Count);

    /// <summary>
    /// The object of a key; false where it is not known to live: it may, without the marks that are watched for.
    /// </summary>
    public bool TryFind(string group, string kind, string key, out MappingNode? live)
    {
        live = null;
        if (Of(group, kind, key) is not { IsFresh: true } kept || !kept.Objects.TryGetValue(key, out var bytes)) return false;
        if (JsonReader.Read(new TextFile("", bytes), bytes, ReaderLimits.Default).TryGet(out var document))
            live = document.Root as MappingNode;
        return live is not null;
    }

    /// <summary>Takes what a watch tells.</summary>
    /// <param name="type">What it watches.</param>
    /// <param name="told">What it tells.</param>
    /// <param name="place">The namespace that it watches; empty for all.</param>
    public void Hear(ResourceType type, WatchEvent told, string place = "")
    {
        var kept = kinds.GetOrAdd((type.Group, type.Kind, place), static _ => new());
        lock (kept)
        {
            switch (told)
            {
                case WatchEvent.Listing:
                    kept.Named = new(StringComparer.Ordinal);
                    break;
                case WatchEvent.Listed { Object: var item }:
                    kept.Named?.Add(kept.Put(LiveReader.KeyOf(type, item), item));
                    break;
                case WatchEvent.Synced synced:
                    foreach (var gone in kept.Objects.Keys.Where(key => kept.Named?.Contains(key) == false))
                        kept.Objects.TryRemove(gone, out _);
                    (kept.Named, kept.IsFresh) = (null, true);
                    kept.Heard(synced.ResourceVersion);
                    break;
                case WatchEvent.Added { Object: var item }:
                    kept.Take(LiveReader.KeyOf(type, item), item);
                    break;
                case WatchEvent.Modified { Object: var item }:
                    kept.Take(LiveReader.KeyOf(type, item), item);
                    break;
                case WatchEvent.Deleted { Object: var item }:
                    kept.Objects.TryRemove(LiveReader.KeyOf(type, item), out _);
                    kept.Heard(new ObjectMetadata(item).ResourceVersion);
                    break;
                case WatchEvent.Bookmark bookmark:
                    kept.Heard(bookmark.ResourceVersion);
                    break;
                case WatchEvent.Interrupted:
                    kept.IsFresh = false;
                    break;
                default:
                    break;
            }

            // The first that is told after an interruption says that nothing was missed.
            if (told is WatchEvent.Added or WatchEvent.Modified or WatchEvent.Deleted or WatchEvent.Bookmark) kept.IsFresh = true;
        }
    }

    /// <summary>
    /// Takes an object as it was written, before the watch tells of it. One of which the watch has told something later already,
    /// such as that somebody deleted it, is left as the watch has it.
    /// </summary>
    public void Put(string group, string kind, string key, MappingNode written)
    {
        if (Of(group, kind, key) is not { } kept) return;
        lock (kept)
            if (kept.IsAhead(new ObjectMetadata(written).ResourceVersion)) kept.Put(key, written);
    }

    /// <summary>Forgets an object, which is asked for anew.</summary>
    public void Forget(string group, string kind, string key)
    {
        Of(group, kind, key)?.Objects.TryRemove(key, out _);
    }

    private Kept? Of(string group, string kind, string key)
    {
        var all = kinds.GetValueOrDefault((group, kind, ""));
        return all is { IsFresh: true } ? all : kinds.GetValueOrDefault((group, kind, key.Split('/')[^2])) ?? all;
    }

    private sealed class Kept
    {
        // Objects that are newer here than what the watch has told.
        private readonly Dictionary<string, ulong> written = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

        public HashSet<string>? Named { get; set; }

        public bool IsFresh { get; set; }

        // How far the watch has told. Versions are numbers that go up:
        // https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions
        private ulong Told { get; set; }

        public void Heard(string version)
        {
            if (ulong.TryParse(version, out var number) && number > Told) Told = number;
        }

        public bool IsAhead(string version) => ulong.TryParse(version, out var number) && number > Told;

        // What was written after it, and put here before the watch came to it, is newer.
        public void Take(string key, MappingNode item)
        {
            var version = new ObjectMetadata(item).ResourceVersion;
            Heard(version);
            if (!written.TryGetValue(key, out var last) || !ulong.TryParse(version, out var number) || number >= last)
                Put(key, item);
        }

        public string Put(string key, MappingNode item)
        {
            var buffer = new ArrayBufferWriter<byte>();
            NodeWriter.WriteJson(item, buffer);
            Objects[key] = buffer.WrittenSpan.ToArray();
            if (IsAhead(new ObjectMetadata(item).ResourceVersion))
                written[key] = ulong.Parse(new ObjectMetadata(item).ResourceVersion);
            else written.Remove(key);
            return key;
        }
    }
}
