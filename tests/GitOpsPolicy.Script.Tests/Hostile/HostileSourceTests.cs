using GitOpsPolicy.Script.Tests.Runtime;
using GitOpsPolicy.Script.Tests.Syntax;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Hostile;

/// <summary>
/// Every source that tries to exhaust whoever loads it ends as a problem of the file, within the figures of scripts that run.
/// </summary>
[Collection(nameof(Alone))]
public sealed class HostileSourceTests
{
    public static TheoryData<string> Names => [.. HostileSource.All.Keys];

    public static TheoryData<string, string, string> Bombs => ParserBombTests.Bombs;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_source_ends_as_a_load_error_within_its_time_and_memory(string name)
    {
        var (text, modules) = HostileSource.All[name];
        HostileLimits.AssertHeld("load", () => HostileSource.Load(text(), modules), text().Length * 2L);
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_parser_bomb_stays_within_its_time_and_memory(string open, string inside, string close)
    {
        var source = ParserBombTests.Source(open, inside, close);
        HostileLimits.AssertHeld(null, () => HostileSource.Load(source, Programs.NoModules), 0);
    }

    [Fact]
    public void A_diamond_of_a_million_paths_loads_each_module_once()
    {
        var loads = 0;
        ModuleResolution Find(string specifier, GitOpsPolicy.Documents.SourceFile importer)
        {
            loads++;
            var level = int.Parse(specifier.AsSpan(3, specifier.Length - 6), System.Globalization.CultureInfo.InvariantCulture);
            var imports = level < 20
                ? string.Concat("lr".Select(side => $"import {{ a as {side} }} from \"/{side}-{level + 1}.js\";\n"))
                    + "export const a = l + r;"
                : "export const a = 1;";
            return new ModuleResolution.Script(new TestFile(specifier), imports);
        }

        HostileLimits.AssertHeld(
            "none",
            () => HostileSource.Load("import { a } from \"/l-0.js\"; if (a !== 2 ** 20) throw a; export default a;", Find), 0);
        Assert.InRange(loads, 41, 400);
    }
}
