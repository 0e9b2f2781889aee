using System.Diagnostics;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Terraform;
using GitOpsPolicy.Inputs.Terraform.Configuration;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Terraform;

/// <summary>What is read of the files of a configuration: `prevent_destroy`, and nothing else.</summary>
public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("resource \"aws_s3_bucket\" \"logs\" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}", "main.tf:3:23")]
    [InlineData("resource \"aws_s3_bucket\" \"logs\" { lifecycle { prevent_destroy = true } }", "main.tf:1:65")]
    [InlineData("resource aws_s3_bucket logs {\n  lifecycle {\n    prevent_destroy=true\n  }\n}", "main.tf:3:21")]
    [InlineData("resource \"aws_s3_bucket\" \"logs\" {\n  lifecycle {\n    prevent_destroy = false\n  }\n}", null)]
    [InlineData("resource \"aws_s3_bucket\" \"logs\" {\n  # lifecycle { prevent_destroy = true }\n}", null)]
    [InlineData("resource \"aws_s3_bucket\" \"logs\" {\n  /* lifecycle { prevent_destroy = true } */\n}", null)]
    [InlineData(
        "resource \"aws_s3_bucket\" \"logs\" {\n  lifecycle { // keep\n    prevent_destroy = true // really\n  }\n}",
        "main.tf:3:23")]
    [InlineData(
        "resource \"aws_s3_bucket\" \"logs\" {\n  tags = { lifecycle = \"{\" }\n  lifecycle {\n    prevent_destroy = true\n  }\n}", "main.tf:4:23")]
    [InlineData(
        "resource \"aws_s3_bucket\" \"logs\" {\n  bucket = \"a-${var.x == \"}\" ? \"\\\"}\" : jsonencode({ a = \"}\" })}\"\n  lifecycle {\n    prevent_destroy = true\n  }\n}", "main.tf:4:23")]
    [InlineData(
        "resource \"aws_s3_bucket\" \"logs\" {\n  bucket = \"$${not a template\"\n  lifecycle {\n    prevent_destroy = true\n  }\n}", "main.tf:4:23")]
    [InlineData(
        "resource \"aws_s3_bucket\" \"logs\" {\n  policy = <<-EOT\n    lifecycle { prevent_destroy = true }\n    }}}\n    EOT\n}",
        null)]
    [InlineData(
        "resource \"aws_s3_bucket\" \"logs\" {\n  policy = <<EOT\n{ \"\nEOT\n  lifecycle {\n    prevent_destroy = true\n  }\n}",
        "main.tf:6:23")]
    [InlineData(
        "resource \"aws_s3_bucket\" \"logs\" {\n  policy = templatefile(\n    \"x\",\n    {\n      a = [1, 2]\n    },\n  )\n  lifecycle {\n    prevent_destroy = true\n  }\n}", "main.tf:9:23")]
    [InlineData(
        "resource \"aws_s3_bucket\" \"logs\" {\n  dynamic \"rule\" {\n    for_each = var.rules\n    content { prevent_destroy = true }\n  }\n}", null)]
    [InlineData("resource \"aws_s3_bucket\" \"other\" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}", null)]
    [InlineData("data \"aws_s3_bucket\" \"logs\" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}", null)]
    [InlineData(
        "\uFEFFlocals {\n  a = <<X\n}\nX\n}\nresource \"aws_s3_bucket\" \"logs\" {\r\n  lifecycle {\r\n    prevent_destroy = true\r\n  }\r\n}\r\n", "main.tf:8:23")]
    public void What_keeps_a_resource_is_found_where_it_is_written(string text, string? place)
    {
        var configuration = Open(new MemoryTree().With("main.tf", text));

        Assert.Equal(place, ValueOf(configuration, "aws_s3_bucket.logs")?.Location.ToString());
        Assert.Empty(configuration.NotUnderstood);
    }

    [Theory]
    [InlineData("{ \"resource\": { \"aws_s3_bucket\": { \"logs\": { \"lifecycle\": { \"prevent_destroy\": true } } } } }", true)]
    [InlineData(
        "{ \"resource\": [{ \"aws_s3_bucket\": [{ \"logs\": [{ \"lifecycle\": [{ \"prevent_destroy\": true }] }] }] }] }", true)]
    [InlineData(
        "{ \"resource\": { \"aws_s3_bucket\": { \"logs\": { \"lifecycle\": { \"prevent_destroy\": false } } } } }", false)]
    [InlineData("{ \"resource\": { \"aws_s3_bucket\": { \"logs\": {} } } }", false)]
    public void The_same_may_be_written_in_JSON(string text, bool isKept) =>
        Assert.Equal(isKept, ValueOf(Open(new MemoryTree().With("main.tf.json", text)), "aws_s3_bucket.logs") is not null);

    [Theory]
    [InlineData("module.db.aws_db_instance.main", true)]
    [InlineData("module.db[\"eu.west\"].aws_db_instance.main[0]", true)]
    [InlineData("module.db[\"a\\\"].module.x\"].aws_db_instance.main", true)]
    [InlineData("module.outer.module.db.aws_db_instance.main", true)]
    [InlineData("module.registry.aws_db_instance.main", false)]
    [InlineData("module.missing.aws_db_instance.main", false)]
    public void Modules_of_the_same_repository_are_followed(string address, bool isKept)
    {
        var configuration = Open(new MemoryTree()
            .With(
                "main.tf",
                "module \"db\" {\n  source = \"./modules/db/\"\n}\nmodule \"outer\" {\n  source = \"./modules/../modules/outer\"\n}\nmodule \"registry\" {\n  source = \"terraform-aws-modules/rds/aws\"\n}")
            .With("modules/outer/main.tf", "module \"db\" {\n  source = \"../db\"\n}")
            .With("modules/db/main.tf", Kept("aws_db_instance", "main")));

        Assert.Equal(isKept, ValueOf(configuration, address) is not null);
    }

    [Fact]
    public void What_overrides_say_is_laid_over_the_rest()
    {
        var configuration = Open(new MemoryTree()
            .With("a_override.tf", "resource \"aws_s3_bucket\" \"logs\" {\n  lifecycle {\n    prevent_destroy = false\n  }\n}")
            .With("main.tf", Kept("aws_s3_bucket", "logs")));

        Assert.Null(ValueOf(configuration, "aws_s3_bucket.logs"));
    }

    [Theory]
    [InlineData(
        "resource \"aws_s3_bucket\" \"logs\" {\n  lifecycle {\n    prevent_destroy = var.keep\n  }\n}",
        "main.tf:3:23: `prevent_destroy` of aws_s3_bucket.logs is neither `true` nor `false`")]
    [InlineData("resource \"aws_s3_bucket\" \"logs\" {\n  lifecycle {", "main.tf:2:14: a block is not closed")]
    [InlineData("a = \"b", "main.tf:1:5: a quoted text is not closed")]
    [InlineData("a = [1, 2", "main.tf:1:5: a bracket is not closed")]
    [InlineData("a = <<EOT\nx", "main.tf:1:5: the text that starts with `<<EOT` does not end")]
    [InlineData("/* a", "main.tf:1:1: a comment is not closed")]
    [InlineData("= 1", "main.tf:1:1: this is no block and no attribute")]
    [InlineData(
        "module \"x\" {\n  source = \"../outside\"\n}",
        "`module.x` comes from elsewhere (`../outside`), and its files are not read")]
    public void What_is_not_understood_is_said(string text, string said)
    {
        var configuration = Open(new MemoryTree().With("main.tf", text));
        ValueOf(configuration, "module.x.aws_s3_bucket.logs");

        Assert.Equal([said], configuration.NotUnderstood);
    }

    [Fact]
    public void A_pull_request_does_not_lead_out_of_its_repository()
    {
        using var outside = new TemporaryFolder();
        outside.Write("secret/main.tf", Kept("aws_s3_bucket", "logs"));
        outside.Write("repository/.git/HEAD", "ref: refs/heads/main");
        outside.Write("repository/modules/logs/main.tf", Kept("aws_s3_bucket", "logs"));
        outside.Write(
            "repository/live/main.tf",
            "module \"out\" {\n  source = \"../../secret\"\n}\nmodule \"in\" {\n  source = \"../modules/logs\"\n}");
        using var tree = new WorkTree(Path.Combine(outside.Path, "repository", "live"));
        var configuration = TerraformConfiguration.Open(tree, ".")!;

        Assert.Null(ValueOf(configuration, "module.out.aws_s3_bucket.logs"));
        Assert.NotNull(ValueOf(configuration, "module.in.aws_s3_bucket.logs"));
    }

    [Fact]
    public void A_folder_without_a_configuration_has_none() =>
        Assert.Null(TerraformConfiguration.Open(new MemoryTree().With("deep/main.tf", ""), "."));

    [Theory]
    [InlineData("${")]
    [InlineData("\"${")]
    [InlineData("[")]
    [InlineData("a {\n")]
    [InlineData("a = <<E\n")]
    [InlineData("a = \"\\\"\n")]
    [InlineData("/*")]
    [InlineData("a = b\n")]
    public void Hostile_texts_cost_what_they_are_long(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length));
        var watch = Stopwatch.StartNew();
        Open(new MemoryTree().With("main.tf", "a = " + text));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    private static TerraformConfiguration Open(MemoryTree tree) => TerraformConfiguration.Open(tree, "")!;

    private static string Kept(string type, string name) =>
        $"resource \"{type}\" \"{name}\" {{\n  lifecycle {{\n    prevent_destroy = true\n  }}\n}}\n";

    private static Node? ValueOf(TerraformConfiguration configuration, string address)
    {
        var change = new Change
        {
            Resource = PlanAddress.Parse(address, ""),
            Operation = Operation.Delete,
            Origin = ChangeOrigin.Plan,
            Before = ScalarNode.String("state"),
        };
        return TerraformConfiguration.Attach(new() { Changes = [change] }, configuration, null).Changes[0].PreventDestroyBefore;
    }
}
