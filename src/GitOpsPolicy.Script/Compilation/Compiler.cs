using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Instrumentation;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>
/// Turns resolved syntax trees into executable ones. Names become slots, globals become constants, and what can be looked up once
/// is. Constructs that are valid but not compiled yet become problems.
/// </summary>
internal sealed partial class Compiler
{
    private readonly SourceFile file;
    private readonly string text;
    private readonly IReadOnlyDictionary<string, Value> globals;
    private readonly HeapScope? module;
    private readonly Instruments? instruments;
    private readonly ImmutableArray<Problem>.Builder problems;
    private readonly Dictionary<object, JumpTarget> targets = new(ReferenceEqualityComparer.Instance);
    private int operations;

    private Compiler(
        SourceFile file, string text, IReadOnlyDictionary<string, Value> globals, HeapScope? module, Instruments? instruments)
    {
        (this.file, this.text, this.globals, this.module, this.instruments) = (file, text, globals, module, instruments);
        problems = ImmutableArray.CreateBuilder<Problem>();
    }

    /// <summary>Compiles the top level of a module.</summary>
    /// <param name="file">The file that errors name.</param>
    /// <param name="text">Its text, which functions give back as their own source.</param>
    /// <param name="syntax">The module.</param>
    /// <param name="globals">Values for the names that nothing in the module declares.</param>
    /// <param name="scope">Holds the module's variables, <see cref="Scope.HeapSlots"/> of them.</param>
    /// <param name="instruments">What is done besides compiling; null for nothing.</param>
    public static Loaded<FunctionCode> Compile(
        SourceFile file, string text, Module syntax, IReadOnlyDictionary<string, Value> globals, HeapScope scope,
        Instruments? instruments = null)
    {
        var compiler = new Compiler(file, text, globals, scope, instruments);
        var code = new FunctionCode
        {
            File = file, Start = syntax.Start, Name = "", Length = 0, Kind = FunctionKind.Function,
            FrameSlots = syntax.FrameSlots, HeapSlots = 0, PlainParameters = 0,
        };
        code.Entry = compiler.Entry(syntax.Scope);
        code.Body = compiler.Steps(syntax.Body);
        return compiler.Finish(code);
    }

    /// <summary>Compiles a function that stands alone: an expression or template of another file.</summary>
    public static Loaded<FunctionCode> Compile(
        SourceFile file, string text, Function syntax, IReadOnlyDictionary<string, Value> globals,
        Instruments? instruments = null)
    {
        var compiler = new Compiler(file, text, globals, null, instruments);
        return compiler.Finish(compiler.Code(syntax));
    }

    private Loaded<FunctionCode> Finish(FunctionCode code) =>
        problems.Count == 0 ? new Loaded<FunctionCode>(code) : new Loaded<FunctionCode>([.. problems.Distinct()]);

    private FunctionCode Code(Function function)
    {
        if (!compiled.TryGetValue(function, out var code)) compiled[function] = code = NewCode(function);
        return code;
    }

    private FunctionCode NewCode(Function function)
    {
        var outside = operations;
        operations = 0;
        var isPlain = function.HasPlainParameters
            && function.Parameters.All(p => p.Target is NameTarget { Name.Binding.IsCaptured: false });
        var code = new FunctionCode
        {
            File = file, Start = function.Start, Name = function.Name, Length = function.Length, Kind = function.Kind,
            FrameSlots = function.FrameSlots, HeapSlots = function.Scope.HeapSlots, UsesThis = function.UsesThis,
            Source = text, SourceRange = function.Text,
            PlainParameters = isPlain ? function.Parameters.Length : 0,
            Self = function.Self is null ? null : Declare(function.Self),
            Parameters = isPlain ? [] : [.. function.Parameters.Select(p => Target(p, isDeclaration: true))],
            Rest = function.Rest is null ? null : Target(function.Rest, isDeclaration: true),
            Arguments = function.Arguments is null ? null : Declare(function.Arguments),
        };
        code.Entry = Entry(function.Scope);
        if (function.IsGenerator) GeneratorBody(code, function);
        else Body(code, function);
        operations = outside;
        return code;
    }

    private void Body(FunctionCode code, Function function)
    {
        if (function is { Kind: FunctionKind.Arrow, Body: [Return { Value: { } value }] }) code.Value = Operation(value);
        code.Cost = Cost(0);
        if (code.Value is null) code.Body = Steps(function, function.Body);
        else if (instruments is not null) code.Value = instruments.Entered(function, code.Value);
    }

    private ScopeEntry Entry(Scope scope)
    {
        if (scope.Unchecked.IsEmpty && scope.Functions.IsEmpty) return ScopeEntry.None;
        return new ScopeEntry(
            [.. scope.Unchecked.Select(MarkTarget)],
            [.. scope.Functions.Select(f => (Declare(f.Name), Code(f.Function)))]);
    }

    // Steps for the operations compiled since the count was `before`: a statement costs one, and more as it grows.
    private int Cost(int before) => 1 + ((operations - before) / 16);

    private void Refuse(SourcePosition at, string message, string? hint, bool isUnsupported = true) =>
        problems.Add(new Problem(file.At(at), message, hint) { IsUnsupported = isUnsupported });

    private JumpTarget TargetOf(Statement statement)
    {
        if (!targets.TryGetValue(statement, out var target)) targets[statement] = target = new JumpTarget();
        return target;
    }
}
