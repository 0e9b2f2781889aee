using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>The top level of a module: imports, exports and statements.</summary>
internal sealed partial class Parser
{
    private readonly List<ImportDeclaration> imports = [];
    private readonly List<ExportEntry> exports = [];
    private readonly List<ModuleRequest> requests = [];

    private Module ModuleBody()
    {
        var body = new List<Statement>();
        Start();
        while (true)
        {
            body.AddRange(Statements(ModuleItem));
            if (current.Kind == TokenKind.End) break;
            Report(current.Start, "unexpected `}`");
            isCutShort = true;
            Skip(current.End);
        }

        CheckExports();
        return new Module(WithVars([.. body], []), [.. imports], [.. exports])
        {
            Requests = [.. requests.DistinctBy(request => request.Specifier)],
        };
    }

    private void Start()
    {
        try
        {
            Advance();
        }
        catch (SyntaxException e)
        {
            Report(e);
            isCutShort = true;
            Skip(e.Offset);
        }
    }

    private Statement? ModuleItem()
    {
        if (dialect == Dialect.Script) return Declaration();
        if (current.Is("export")) return Export();
        if (!current.Is("import") || Ahead().Kind is TokenKind.LeftParen or TokenKind.Dot) return Declaration();
        Import();
        return null;
    }

    private void CheckExports()
    {
        foreach (var again in exports.Where(entry => entry.Exported is not null)
            .GroupBy(entry => entry.Exported)
            .SelectMany(group => group.Skip(1)))
            Report(again.Start, $"`{again.Exported}` is already exported");
    }

    private void Import()
    {
        var start = Here;
        Advance();
        var names = ImmutableArray.CreateBuilder<ImportedName>();
        if (current.Kind != TokenKind.String)
        {
            ImportClause(names);
            ExpectWord("from");
        }

        var (specifier, at) = Specifier();
        imports.Add(new ImportDeclaration(start, specifier, at, names.ToImmutable()));
    }

    private void ImportClause(ImmutableArray<ImportedName>.Builder names)
    {
        var at = Here;
        if (current.Kind == TokenKind.Name)
        {
            names.Add(new ImportedName(at, "default", BindingName()));
            if (!Take(TokenKind.Comma)) return;
            at = Here;
        }

        if (Take(TokenKind.Multiply))
        {
            ExpectWord("as");
            names.Add(new ImportedName(at, null, BindingName()));
            return;
        }

        Expect(TokenKind.LeftBrace, "{");
        while (!Take(TokenKind.RightBrace))
        {
            var token = current;
            at = Here;
            if (Ahead().Is("as") || token.Kind == TokenKind.String)
            {
                var imported = ModuleName();
                ExpectWord("as");
                names.Add(new ImportedName(at, imported, BindingName()));
            }
            else
            {
                names.Add(new ImportedName(at, token.Text, BindingName()));
            }

            if (current.Kind != TokenKind.RightBrace) Expect(TokenKind.Comma, ",");
        }
    }

    private (string Specifier, SourcePosition At) Specifier()
    {
        if (current.Kind != TokenKind.String) throw Unexpected("the name of a module in quotes");
        var (specifier, at) = (current.Text, Here);
        Advance();
        if (current.Is("with") || (current.Is("assert") && !current.AfterLineBreak))
            throw new SyntaxException(current.Start, "import attributes are not supported", "import a JavaScript module")
            {
                IsUnsupported = true,
            };
        EndStatement();
        requests.Add(new ModuleRequest(specifier, at));
        return (specifier, at);
    }

    // A name as other modules know it: any name, or a string.
    private string ModuleName()
    {
        if (current.Kind is not (TokenKind.Name or TokenKind.String)) throw Unexpected("a name");
        for (var i = 0; i < current.Text.Length; i++)
        {
            if (!char.IsSurrogate(current.Text[i])) continue;
            if (!char.IsSurrogatePair(current.Text, i++))
                throw new SyntaxException(current.Start, "this name is not well-formed Unicode");
        }

        var name = current.Text;
        Advance();
        return name;
    }

    private Statement? Export()
    {
        var (start, offset) = (Here, current.Start);
        Advance();
        if (TakeWord("default")) return Default(start);
        if (current.Kind == TokenKind.Multiply) return ExportAll(start);
        if (current.Kind == TokenKind.LeftBrace) return ExportList();
        if (IsAsyncFunction()) throw Async(current.Start);
        if (current.Kind != TokenKind.Name
            || current.HasEscape
            || current.Text is not ("const" or "let" or "var" or "function" or "class"))
            throw new SyntaxException(offset, "`export` stands before a declaration, a list of names in braces, or `default`");
        var statement = Declaration();
        foreach (var name in Declared(statement)) exports.Add(new ExportEntry(name.Start, name.Name, Use(name), null, null));
        return statement;
    }

    private static Identifier Use(Identifier name) => new(name.Start, name.Name);

    private static IEnumerable<Identifier> Declared(Statement statement) => statement switch
    {
        VariableDeclaration variables => variables.Declarators.SelectMany(declarator => Names(declarator.Target)),
        FunctionDeclaration function => [function.Name],
        ClassDeclaration definition => [definition.Name],
        ExpressionStatement { Vars: var names } => names,
        _ => [],
    };

    /// <summary>The names that a pattern declares, in source order.</summary>
    internal static IEnumerable<Identifier> Names(Pattern? pattern) => pattern switch
    {
        NameTarget target => [target.Name],
        ArrayPattern array => array.Elements.SelectMany(element => Names(element?.Target)).Concat(Names(array.Rest)),
        ObjectPattern literal =>
            literal.Properties.SelectMany(property => Names(property.Element.Target)).Concat(Names(literal.Rest)),
        _ => [],
    };

    private Statement Default(SourcePosition start)
    {
        var at = Here;
        Statement statement;
        Identifier name;
        if (current.Is("function"))
        {
            var function = FunctionStatement(isDefault: true);
            (statement, name) = (function, function.Name);
        }
        else if (current.Is("class"))
        {
            var definition = ClassStatement(isDefault: true);
            (statement, name) = (definition, definition.Name);
        }
        else
        {
            if (IsAsyncFunction()) throw Async(current.Start);
            var value = Assignment();
            Name(value, "default");
            EndStatement();
            name = new Identifier(at, "*default*");
            statement = new ExportDefault(start, name, value);
        }

        exports.Add(new ExportEntry(start, "default", Use(name), null, null));
        return statement;
    }

    private Statement? ExportAll(SourcePosition start)
    {
        Advance();
        var alias = TakeWord("as") ? ModuleName() : null;
        ExpectWord("from");
        exports.Add(new ExportEntry(start, alias, null, Specifier().Specifier, null));
        return null;
    }

    private Statement? ExportList()
    {
        Advance();
        var names = new List<(Token Local, SourcePosition At, string Exported)>();
        while (!Take(TokenKind.RightBrace))
        {
            var (local, at) = (current, Here);
            var exported = ModuleName();
            if (TakeWord("as")) exported = ModuleName();
            names.Add((local, at, exported));
            if (current.Kind != TokenKind.RightBrace) Expect(TokenKind.Comma, ",");
        }

        if (TakeWord("from"))
        {
            var from = Specifier().Specifier;
            exports.AddRange(names.Select(name => new ExportEntry(name.At, name.Exported, null, from, name.Local.Text)));
            return null;
        }

        EndStatement();
        foreach (var (local, at, exported) in names)
        {
            if (local.Kind == TokenKind.String || ReservedWords.Contains(local.Text))
                throw new SyntaxException(local.Start, "only a name declared here can be exported");
            exports.Add(new ExportEntry(at, exported, new Identifier(at, local.Text), null, null));
        }

        return null;
    }
}
