using System.Collections.Immutable;
using System.Reflection;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Knowledge;

/// <summary>Data files that ship in the binary, each in the assembly that reads it.</summary>
public static class KnowledgeData
{
    /// <summary>Reads a data file, which is one YAML mapping.</summary>
    /// <exception cref="InvalidOperationException">There is no such file, or it is broken: a mistake of ours.</exception>
    internal static MappingNode Read(string name) => Read(typeof(KnowledgeData).Assembly, name);

    private static MappingNode Read(Assembly home, string name)
    {
        using var stream = home.GetManifestResourceStream($"knowledge/{name}")
            ?? throw new InvalidOperationException($"No data file `{name}` in the binary.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var loaded = YamlReader.Read(new TextFile($"builtin/{name}", bytes), bytes, ReaderLimits.Default);
        return loaded.TryGet(out var documents) && documents.Documents is [{ Root: MappingNode root }]
            ? root
            : throw new InvalidOperationException($"The data file `{name}` is broken: {string.Join("; ", loaded.Problems)}");
    }

    /// <summary>Reads a data file field by field; what the reader does not ask for is a mistake.</summary>
    /// <exception cref="InvalidOperationException">The file is not as the reader wants it: a mistake of ours.</exception>
    internal static T Read<T>(string name, Func<FieldReader, T> read) => Read(typeof(KnowledgeData).Assembly, name, read);

    /// <summary>Reads a data file of an assembly field by field; what the reader does not ask for is a mistake.</summary>
    /// <param name="home">The assembly, in which the file is <c>knowledge/NAME</c>.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="InvalidOperationException">The file is not as the reader wants it: a mistake of ours.</exception>
    public static T Read<T>(Assembly home, string name, Func<FieldReader, T> read)
    {
        var problems = new ProblemList();
        var fields = new FieldReader(Read(home, name), problems);
        var table = read(fields);
        fields.Finish();
        return problems.Count == 0
            ? table
            : throw new InvalidOperationException($"The data file `{name}` is broken: {problems.InFileOrder()[0]}");
    }

    /// <summary>Reads a list of rows, each a mapping.</summary>
    public static ImmutableArray<T> Rows<T>(FieldReader fields, string name, Func<FieldReader, T> read)
    {
        var rows = ImmutableArray.CreateBuilder<T>();
        foreach (var node in fields.Items(name))
        {
            var row = new FieldReader((MappingNode)node, fields.Problems);
            rows.Add(read(row));
            row.Finish();
        }

        return rows.ToImmutable();
    }
}
